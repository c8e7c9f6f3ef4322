package dev.onward.session;

import dev.onward.flow.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a claim.
 *
 * @param journey the session to go on with
 * @param superseded the session in whose place it stands, of the two
 * @param merged the steps whose answers came over from the anonymous session
 * @param left the steps that were done in the anonymous session, and whose answers are not in the session to go on
 *     with
 */
public record Claimed(
        Result result, Journey journey, Optional<String> superseded, List<String> merged, List<String> left) {

    /** In short. */
    public enum Result {
        /** The session is the user's from now on. */
        CLAIMED,
        /** It was theirs before. */
        ALREADY_YOURS,
        /** The user's own session stays. */
        KEPT_TARGET,
        /** The anonymous session stays, and is the user's. */
        KEPT_SOURCE,
        /** The user's own session stays, with the answers that it lacked. */
        MERGED;

        /** The name on the wire. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Claimed {
        merged = List.copyOf(merged);
        left = List.copyOf(left);
    }

    /** The same with the session as it is now. */
    public Claimed with(Session session) {
        return new Claimed(result, new Journey(session, journey.flow()), superseded, merged, left);
    }

    /** Reports on a claim that was made of {@code source}, after which {@code kept} stands. */
    static Claimed of(Journey source, Action.Claim claim, Journey kept) {
        Optional<Journey> target = claim.standing();
        boolean same = kept.session().id().equals(source.session().id());
        if (same || target.isEmpty()) {
            Result result = kept.session().revision() == source.session().revision()
                    ? Result.ALREADY_YOURS
                    : target.isEmpty() ? Result.CLAIMED : Result.KEPT_SOURCE;
            Optional<String> other = result == Result.KEPT_SOURCE
                    ? target.map(journey -> journey.session().id())
                    : Optional.empty();
            return new Claimed(result, kept, other, List.of(), List.of());
        }
        boolean merges = claim.policy() == ClaimPolicy.MERGE_ANSWERS
                && target.get().session().state() != SessionState.SUPERSEDED;
        return new Claimed(
                merges ? Result.MERGED : Result.KEPT_TARGET,
                kept,
                Optional.of(source.session().id()),
                source.way().done().stream()
                        .map(Step::id)
                        .filter(step -> !target.get()
                                .answers()
                                .of(step)
                                .equals(kept.answers().of(step)))
                        .toList(),
                Claims.left(source, kept).stream().map(Step::id).toList());
    }
}
