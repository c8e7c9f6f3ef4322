package dev.onward.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that may be asked of a session, in a situation in which it makes a difference.
 *
 * @param row its name in the table
 * @param before what was done with the steps before, as {@link TableSession#walk} reads it
 */
record Asked(String row, String flow, Class<? extends Action> action, List<String> before, Call call) {

    /** Asks it of a session. */
    @FunctionalInterface
    interface Call {
        Object of(TableSession session);
    }

    static List<Asked> all() {
        return Stream.of(declare(), submit(), skip(), setAside(), complete(), claim(), bring())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Asked> declare() {
        return List.of(
                asked("declare, the first time", Action.Declare.class, "hello name plan", on -> on.declare("Mine.")),
                asked(
                        "declare, the same again",
                        Action.Declare.class,
                        "hello name plan credo",
                        on -> on.declare("credo")),
                asked(
                        "declare, something else",
                        Action.Declare.class,
                        "hello name plan credo",
                        on -> on.declare("Mine.")),
                asked("declare, before a required step", Action.Declare.class, "hello", on -> on.declare("Mine.")),
                asked(
                        "declare, where nothing makes a K-Block",
                        TableFlows.PLAIN,
                        Action.Declare.class,
                        "",
                        on -> on.declare("Mine.")),
                asked(
                        "declare, as the last step",
                        TableFlows.CREDO,
                        Action.Declare.class,
                        "",
                        on -> on.declare("Mine.")));
    }

    private static List<Asked> submit() {
        return List.of(
                asked(
                        "submit, the first answer",
                        Action.Submit.class,
                        "hello",
                        on -> on.submit("name", Map.of("name", "Ada"))),
                asked("submit, the same answer", Action.Submit.class, "hello name", on -> on.submit("name")),
                asked(
                        "submit, another answer, revisable",
                        Action.Submit.class,
                        "hello name plan",
                        on -> on.submit("name", Map.of("name", "Bob"))),
                asked(
                        "submit, another answer, not revisable",
                        Action.Submit.class,
                        "hello name plan",
                        on -> on.submit("plan", "team")),
                asked(
                        "submit, another declaration",
                        Action.Submit.class,
                        "hello name plan credo",
                        on -> on.submit("credo", Map.of("declaration", "Another."))),
                asked(
                        "submit, to a skipped step",
                        Action.Submit.class,
                        "hello name plan credo -notes",
                        on -> on.submit("notes")),
                asked(
                        "submit, to a step behind an optional one",
                        Action.Submit.class,
                        "hello name plan credo",
                        on -> on.submit("tips")),
                asked(
                        "submit, to a step that is hidden",
                        Action.Submit.class,
                        "hello name plan",
                        on -> on.submit("team")),
                asked("submit, before a required step", Action.Submit.class, "hello", on -> on.submit("plan")),
                asked("submit, to a step that is unknown", Action.Submit.class, "", on -> on.submit("nowhere")),
                asked(
                        "submit, nothing, where nothing is asked",
                        Action.Submit.class,
                        "",
                        on -> on.submit("hello", Map.of())),
                asked(
                        "submit, something, where nothing is asked",
                        Action.Submit.class,
                        "",
                        on -> on.submit("hello", Map.of("x", 1))),
                asked(
                        "submit, what breaks the schema",
                        Action.Submit.class,
                        "hello",
                        on -> on.submit("name", Map.of("name", 7))),
                asked(
                        "submit, more than there is room for",
                        Action.Submit.class,
                        "hello name plan credo",
                        on -> on.submit("notes", "n".repeat(64 * 1024))),
                asked(
                        "submit, the last step",
                        Action.Submit.class,
                        "hello name plan credo notes tips",
                        on -> on.submit("last")),
                asked(
                        "submit, the last step, completes by call",
                        TableFlows.BY_CALL,
                        Action.Submit.class,
                        "hello name plan credo notes tips",
                        on -> on.submit("last")),
                asked(
                        "submit, a revision that leaves nothing",
                        TableFlows.BRANCH,
                        Action.Submit.class,
                        "plan=team",
                        on -> on.submit("plan", "free")));
    }

    private static List<Asked> skip() {
        return List.of(
                asked("skip, an optional step", Action.Skip.class, "hello name plan credo", on -> on.skip("notes")),
                asked(
                        "skip, a skipped step",
                        Action.Skip.class,
                        "hello name plan credo -notes",
                        on -> on.skip("notes")),
                asked("skip, a required step", Action.Skip.class, "hello", on -> on.skip("name")),
                asked(
                        "skip, an answered step, revisable",
                        Action.Skip.class,
                        "hello name plan credo notes",
                        on -> on.skip("notes")),
                asked(
                        "skip, an answered step, not revisable",
                        Action.Skip.class,
                        "hello name plan credo tips",
                        on -> on.skip("tips")),
                asked("skip, a step that is hidden", Action.Skip.class, "hello name plan", on -> on.skip("team")),
                asked("skip, before a required step", Action.Skip.class, "hello", on -> on.skip("notes")),
                asked("skip, a step that is unknown", Action.Skip.class, "", on -> on.skip("nowhere")),
                asked(
                        "skip, the last that is left",
                        Action.Skip.class,
                        "hello name plan credo notes last",
                        on -> on.skip("tips")));
    }

    private static List<Asked> setAside() {
        return List.of(
                asked(
                        "dismiss",
                        Action.Dismiss.class,
                        "hello name",
                        on -> on.sessions().dismiss(on.id(), Terms.none())),
                asked(
                        "reopen",
                        Action.Reopen.class,
                        "hello name",
                        on -> on.sessions().reopen(on.id(), Terms.none())),
                asked(
                        "restart",
                        Action.Restart.class,
                        "hello name",
                        on -> on.sessions().restart(on.id(), Terms.none())));
    }

    private static List<Asked> complete() {
        return List.of(
                asked("complete, required steps missing", Action.Complete.class, "hello", TableSession::complete),
                asked(
                        "complete, required steps missing, early",
                        TableFlows.EARLY,
                        Action.Complete.class,
                        "hello",
                        TableSession::complete),
                asked(
                        "complete, optional steps missing",
                        Action.Complete.class,
                        "hello name plan credo last",
                        TableSession::complete));
    }

    private static List<Asked> claim() {
        return List.of(
                asked("claim, nobody's", Action.Claim.class, "hello name", on -> on.claim(ClaimPolicy.FAIL)),
                asked(
                        "claim, by its user",
                        Action.Claim.class,
                        "hello name claimed",
                        on -> on.beside("hello").claim(ClaimPolicy.MERGE_ANSWERS)),
                asked("claim, by another user", Action.Claim.class, "hello name claimed", TableSession::claimByAnother),
                asked(
                        "claim, beside a dismissed one",
                        Action.Claim.class,
                        "hello name",
                        on -> on.besideDismissed("hello").claim(ClaimPolicy.KEEP_TARGET)),
                asked(
                        "claim, beside an open one, fail",
                        Action.Claim.class,
                        "hello name",
                        on -> on.beside("hello").claim(ClaimPolicy.FAIL)),
                asked(
                        "claim, beside an open one, keep_target",
                        Action.Claim.class,
                        "hello name",
                        on -> on.beside("hello").claim(ClaimPolicy.KEEP_TARGET)),
                asked(
                        "claim, further than the other, keep_furthest",
                        Action.Claim.class,
                        "hello name",
                        on -> on.beside("hello").claim(ClaimPolicy.KEEP_FURTHEST)),
                asked(
                        "claim, as far as the other, keep_furthest",
                        Action.Claim.class,
                        "hello name",
                        on -> on.beside("hello name").claim(ClaimPolicy.KEEP_FURTHEST)),
                asked(
                        "claim, beside an open one, merge_answers",
                        Action.Claim.class,
                        "hello name",
                        on -> on.beside("hello").claim(ClaimPolicy.MERGE_ANSWERS)),
                asked(
                        "claim, beside a completed one, fail",
                        Action.Claim.class,
                        "hello name",
                        on -> on.besideCompleted("hello").claim(ClaimPolicy.FAIL)),
                asked(
                        "claim, beside a completed one, keep_target",
                        Action.Claim.class,
                        "hello name",
                        on -> on.besideCompleted("hello").claim(ClaimPolicy.KEEP_TARGET)),
                asked(
                        "claim, beside a completed one, keep_furthest",
                        Action.Claim.class,
                        "hello name",
                        on -> on.besideCompleted("hello").claim(ClaimPolicy.KEEP_FURTHEST)),
                asked(
                        "claim, beside a completed one, merge_answers",
                        Action.Claim.class,
                        "hello name",
                        on -> on.besideCompleted("hello").claim(ClaimPolicy.MERGE_ANSWERS)));
    }

    private static List<Asked> bring() {
        return List.of(
                asked(
                        "bring to a version, migrate",
                        TableFlows.MIGRATING,
                        Action.Migrate.class,
                        "hello name",
                        TableSession::bring),
                asked(
                        "bring to a version, migrate, no place",
                        TableFlows.LEAVING,
                        Action.Migrate.class,
                        "hello name",
                        TableSession::bring),
                asked(
                        "bring to a version, migrate, nothing left",
                        TableFlows.ENDING,
                        Action.Migrate.class,
                        "hello name",
                        TableSession::bring),
                asked(
                        "bring to a version, restart",
                        TableFlows.REPLACING,
                        Action.Replace.class,
                        "hello name",
                        TableSession::bring),
                asked(
                        "bring to a version, exit",
                        TableFlows.EXITING,
                        Action.Exit.class,
                        "hello name",
                        TableSession::bring));
    }

    private static Asked asked(String row, Class<? extends Action> action, String before, Call call) {
        return asked(row, TableFlows.TABLE, action, before, call);
    }

    private static Asked asked(String row, String flow, Class<? extends Action> action, String before, Call call) {
        return new Asked(row, flow, action, List.of(before.split(" ", -1)), call);
    }

    /** Asks it; answers why it was refused. */
    Optional<OnboardingException> refusal(TableSession session) {
        try {
            call.of(session);
            return Optional.empty();
        } catch (OnboardingException refused) {
            return Optional.of(refused);
        }
    }
}
