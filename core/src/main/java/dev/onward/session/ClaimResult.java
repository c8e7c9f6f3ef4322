package dev.onward.session;

import dev.onward.flow.Step;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.ClaimedSession.ClaimOutcome;
import dev.onward.model.SessionView.SessionState;
import dev.onward.transition.ClaimMerge;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.transition.SessionAction;
import java.util.List;
import java.util.Optional;

/**
 * The result of a claim.
 *
 * @param onboarding the session that stays
 * @param superseded the session that it replaces
 * @param merged the steps whose answers were taken from the anonymous session
 * @param left the steps that are done in the anonymous session and have no answer in the session that stays
 */
public record ClaimResult(
        ClaimOutcome result,
        Onboarding onboarding,
        Optional<String> superseded,
        List<String> merged,
        List<String> left) {

    public ClaimResult {
        merged = List.copyOf(merged);
        left = List.copyOf(left);
    }

    /** A copy with the current session. */
    public ClaimResult with(Session session) {
        return new ClaimResult(result, new Onboarding(session, onboarding.flow()), superseded, merged, left);
    }

    /** The result of claiming {@code source}, after which {@code kept} stays. */
    static ClaimResult of(Onboarding source, SessionAction.Claim claim, Onboarding remaining) {
        Optional<Onboarding> target = claim.ownSession();
        boolean same = remaining.session().id().equals(source.session().id());
        if (same || target.isEmpty()) {
            ClaimOutcome result =
                    remaining.session().revision() == source.session().revision()
                            ? ClaimOutcome.ALREADY_YOURS
                            : target.isEmpty() ? ClaimOutcome.CLAIMED : ClaimOutcome.KEPT_SOURCE;
            Optional<String> other = result == ClaimOutcome.KEPT_SOURCE
                    ? target.map(onboarding -> onboarding.session().id())
                    : Optional.empty();
            return new ClaimResult(result, remaining, other, List.of(), List.of());
        }
        boolean merges = claim.policy() == ClaimPolicy.MERGE_ANSWERS
                && target.get().session().state() != SessionState.SUPERSEDED;
        return new ClaimResult(
                merges ? ClaimOutcome.MERGED : ClaimOutcome.KEPT_TARGET,
                remaining,
                Optional.of(source.session().id()),
                source.visibleSteps().done().stream()
                        .map(Step::id)
                        .filter(step -> !target.get()
                                .answers()
                                .of(step)
                                .equals(remaining.answers().of(step)))
                        .toList(),
                ClaimMerge.left(source, remaining).stream().map(Step::id).toList());
    }
}
