package dev.onward.transition;

import dev.onward.model.ClaimPolicy;
import dev.onward.model.OnboardingException;
import dev.onward.session.WriteConditions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An action on a session, in a situation in which its outcome matters.
 *
 * @param row its name in the table
 * @param before the earlier actions, as {@link TableSession#walk} reads them
 */
record RecordedActions(
        String row, String flow, Class<? extends SessionAction> action, List<String> before, ActionCall call) {

    /** Runs the action on a session. */
    @FunctionalInterface
    interface ActionCall {
        Object of(TableSession session);
    }

    static List<RecordedActions> all() {
        return Stream.of(declare(), submit(), skip(), dismissing(), complete(), claim(), upgrade())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RecordedActions> declare() {
        return List.of(
                action(
                        "declare, the first time",
                        SessionAction.Declare.class,
                        "hello name plan",
                        on -> on.declare("Mine.")),
                action(
                        "declare, the same again",
                        SessionAction.Declare.class,
                        "hello name plan credo",
                        on -> on.declare("credo")),
                action(
                        "declare, something else",
                        SessionAction.Declare.class,
                        "hello name plan credo",
                        on -> on.declare("Mine.")),
                action(
                        "declare, before a required step",
                        SessionAction.Declare.class,
                        "hello",
                        on -> on.declare("Mine.")),
                action(
                        "declare, where nothing makes a K-Block",
                        TableFlows.PLAIN,
                        SessionAction.Declare.class,
                        "",
                        on -> on.declare("Mine.")),
                action(
                        "declare, as the last step",
                        TableFlows.CREDO,
                        SessionAction.Declare.class,
                        "",
                        on -> on.declare("Mine.")));
    }

    private static List<RecordedActions> submit() {
        return List.of(
                action(
                        "submit, the first answer",
                        SessionAction.Submit.class,
                        "hello",
                        on -> on.submit("name", Map.of("name", "Ada"))),
                action("submit, the same answer", SessionAction.Submit.class, "hello name", on -> on.submit("name")),
                action(
                        "submit, another answer, revisable",
                        SessionAction.Submit.class,
                        "hello name plan",
                        on -> on.submit("name", Map.of("name", "Bob"))),
                action(
                        "submit, another answer, not revisable",
                        SessionAction.Submit.class,
                        "hello name plan",
                        on -> on.submit("plan", "team")),
                action(
                        "submit, another declaration",
                        SessionAction.Submit.class,
                        "hello name plan credo",
                        on -> on.submit("credo", Map.of("declaration", "Another."))),
                action(
                        "submit, to a skipped step",
                        SessionAction.Submit.class,
                        "hello name plan credo -notes",
                        on -> on.submit("notes")),
                action(
                        "submit, to a step behind an optional one",
                        SessionAction.Submit.class,
                        "hello name plan credo",
                        on -> on.submit("tips")),
                action(
                        "submit, to a step that is hidden",
                        SessionAction.Submit.class,
                        "hello name plan",
                        on -> on.submit("team")),
                action("submit, before a required step", SessionAction.Submit.class, "hello", on -> on.submit("plan")),
                action("submit, to a step that is unknown", SessionAction.Submit.class, "", on -> on.submit("nowhere")),
                action(
                        "submit, nothing, where nothing is asked",
                        SessionAction.Submit.class,
                        "",
                        on -> on.submit("hello", Map.of())),
                action(
                        "submit, something, where nothing is asked",
                        SessionAction.Submit.class,
                        "",
                        on -> on.submit("hello", Map.of("x", 1))),
                action(
                        "submit, what breaks the schema",
                        SessionAction.Submit.class,
                        "hello",
                        on -> on.submit("name", Map.of("name", 7))),
                action(
                        "submit, more than there is room for",
                        SessionAction.Submit.class,
                        "hello name plan credo",
                        on -> on.submit("notes", "n".repeat(64 * 1024))),
                action(
                        "submit, the last step",
                        SessionAction.Submit.class,
                        "hello name plan credo notes tips",
                        on -> on.submit("last")),
                action(
                        "submit, the last step, completes by call",
                        TableFlows.BY_CALL,
                        SessionAction.Submit.class,
                        "hello name plan credo notes tips",
                        on -> on.submit("last")),
                action(
                        "submit, a revision that leaves nothing",
                        TableFlows.BRANCH,
                        SessionAction.Submit.class,
                        "plan=team",
                        on -> on.submit("plan", "free")));
    }

    private static List<RecordedActions> skip() {
        return List.of(
                action(
                        "skip, an optional step",
                        SessionAction.Skip.class,
                        "hello name plan credo",
                        on -> on.skip("notes")),
                action(
                        "skip, a skipped step",
                        SessionAction.Skip.class,
                        "hello name plan credo -notes",
                        on -> on.skip("notes")),
                action("skip, a required step", SessionAction.Skip.class, "hello", on -> on.skip("name")),
                action(
                        "skip, an answered step, revisable",
                        SessionAction.Skip.class,
                        "hello name plan credo notes",
                        on -> on.skip("notes")),
                action(
                        "skip, an answered step, not revisable",
                        SessionAction.Skip.class,
                        "hello name plan credo tips",
                        on -> on.skip("tips")),
                action(
                        "skip, a step that is hidden",
                        SessionAction.Skip.class,
                        "hello name plan",
                        on -> on.skip("team")),
                action("skip, before a required step", SessionAction.Skip.class, "hello", on -> on.skip("notes")),
                action("skip, a step that is unknown", SessionAction.Skip.class, "", on -> on.skip("nowhere")),
                action(
                        "skip, the last that is left",
                        SessionAction.Skip.class,
                        "hello name plan credo notes last",
                        on -> on.skip("tips")));
    }

    private static List<RecordedActions> dismissing() {
        return List.of(
                action(
                        "dismiss",
                        SessionAction.Dismiss.class,
                        "hello name",
                        on -> on.sessions().dismiss(on.id(), WriteConditions.none())),
                action(
                        "reopen",
                        SessionAction.Reopen.class,
                        "hello name",
                        on -> on.sessions().reopen(on.id(), WriteConditions.none())),
                action(
                        "restart",
                        SessionAction.RestartSession.class,
                        "hello name",
                        on -> on.sessions().restart(on.id(), WriteConditions.none())));
    }

    private static List<RecordedActions> complete() {
        return List.of(
                action(
                        "complete, required steps missing",
                        SessionAction.Complete.class,
                        "hello",
                        TableSession::complete),
                action(
                        "complete, required steps missing, early",
                        TableFlows.EARLY,
                        SessionAction.Complete.class,
                        "hello",
                        TableSession::complete),
                action(
                        "complete, optional steps missing",
                        SessionAction.Complete.class,
                        "hello name plan credo last",
                        TableSession::complete));
    }

    private static List<RecordedActions> claim() {
        return List.of(
                action("claim, nobody's", SessionAction.Claim.class, "hello name", on -> on.claim(ClaimPolicy.FAIL)),
                action(
                        "claim, by its user",
                        SessionAction.Claim.class,
                        "hello name claimed",
                        on -> on.beside("hello").claim(ClaimPolicy.MERGE_ANSWERS)),
                action(
                        "claim, by another user",
                        SessionAction.Claim.class,
                        "hello name claimed",
                        TableSession::claimByAnother),
                action(
                        "claim, beside a dismissed one",
                        SessionAction.Claim.class,
                        "hello name",
                        on -> on.besideDismissed("hello").claim(ClaimPolicy.KEEP_TARGET)),
                action(
                        "claim, beside an open one, fail",
                        SessionAction.Claim.class,
                        "hello name",
                        on -> on.beside("hello").claim(ClaimPolicy.FAIL)),
                action(
                        "claim, beside an open one, keep_target",
                        SessionAction.Claim.class,
                        "hello name",
                        on -> on.beside("hello").claim(ClaimPolicy.KEEP_TARGET)),
                action(
                        "claim, further than the other, keep_furthest",
                        SessionAction.Claim.class,
                        "hello name",
                        on -> on.beside("hello").claim(ClaimPolicy.KEEP_FURTHEST)),
                action(
                        "claim, as far as the other, keep_furthest",
                        SessionAction.Claim.class,
                        "hello name",
                        on -> on.beside("hello name").claim(ClaimPolicy.KEEP_FURTHEST)),
                action(
                        "claim, beside an open one, merge_answers",
                        SessionAction.Claim.class,
                        "hello name",
                        on -> on.beside("hello").claim(ClaimPolicy.MERGE_ANSWERS)),
                action(
                        "claim, beside a completed one, fail",
                        SessionAction.Claim.class,
                        "hello name",
                        on -> on.besideCompleted("hello").claim(ClaimPolicy.FAIL)),
                action(
                        "claim, beside a completed one, keep_target",
                        SessionAction.Claim.class,
                        "hello name",
                        on -> on.besideCompleted("hello").claim(ClaimPolicy.KEEP_TARGET)),
                action(
                        "claim, beside a completed one, keep_furthest",
                        SessionAction.Claim.class,
                        "hello name",
                        on -> on.besideCompleted("hello").claim(ClaimPolicy.KEEP_FURTHEST)),
                action(
                        "claim, beside a completed one, merge_answers",
                        SessionAction.Claim.class,
                        "hello name",
                        on -> on.besideCompleted("hello").claim(ClaimPolicy.MERGE_ANSWERS)));
    }

    private static List<RecordedActions> upgrade() {
        return List.of(
                action(
                        "bring to a version, migrate",
                        TableFlows.MIGRATING,
                        SessionAction.UpgradeVersion.class,
                        "hello name",
                        TableSession::upgrade),
                action(
                        "bring to a version, migrate, no place",
                        TableFlows.EXITED,
                        SessionAction.UpgradeVersion.class,
                        "hello name",
                        TableSession::upgrade),
                action(
                        "bring to a version, migrate, nothing left",
                        TableFlows.COMPLETED_BY_LAST_STEP,
                        SessionAction.UpgradeVersion.class,
                        "hello name",
                        TableSession::upgrade),
                action(
                        "bring to a version, restart",
                        TableFlows.REPLACING,
                        SessionAction.Replace.class,
                        "hello name",
                        TableSession::upgrade),
                action(
                        "bring to a version, exit",
                        TableFlows.EXITING,
                        SessionAction.ExitSession.class,
                        "hello name",
                        TableSession::upgrade));
    }

    private static RecordedActions action(
            String row, Class<? extends SessionAction> action, String before, ActionCall call) {
        return action(row, TableFlows.TABLE, action, before, call);
    }

    private static RecordedActions action(
            String row, String flow, Class<? extends SessionAction> action, String before, ActionCall call) {
        return new RecordedActions(row, flow, action, List.of(before.split(" ", -1)), call);
    }

    /** Runs the action. Returns the reason of a rejection. */
    Optional<OnboardingException> rejection(TableSession session) {
        try {
            call.of(session);
            return Optional.empty();
        } catch (OnboardingException rejection) {
            return Optional.of(rejection);
        }
    }
}
