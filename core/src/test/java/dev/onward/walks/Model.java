package dev.onward.walks;

import dev.onward.model.ClaimPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All sessions of one walk, all of one flow, and the actions between them. */
final class Model {
    final List<ModelSession> sessions = new ArrayList<>();

    /** The time at which each user first completed the flow. */
    final Map<String, Instant> profiles = new HashMap<>();

    /** The outcome of a claim: its code, the remaining session, and which answers were and were not merged. */
    record Report(String result, String remaining, List<String> merged, List<String> left) {}

    /** The outcome of a claim, or the reason of its rejection. */
    record ModelClaim(String outcome, Optional<Report> report) {
        static ModelClaim rejected(String why) {
            return new ModelClaim(why, Optional.empty());
        }

        static ModelClaim done(String result, ModelSession remaining) {
            return done(result, remaining, List.of(), List.of());
        }

        static ModelClaim done(String result, ModelSession remaining, List<String> merged, List<String> left) {
            return new ModelClaim(ModelSession.DONE, Optional.of(new Report(result, remaining.id, merged, left)));
        }
    }

    ModelSession start(String id, ModelFlow flow, Optional<String> user, Instant now) {
        ModelSession session = new ModelSession(id, flow, user, now);
        sessions.add(session);
        return session;
    }

    String restart(ModelSession session, String newId, Instant now) {
        if (session.superseded()) {
            return "Superseded";
        }
        session.supersede(newId, now);
        start(newId, session.flow, session.user, now);
        return ModelSession.DONE;
    }

    /** The user's session that a claim or resume continues. */
    Optional<ModelSession> of(String user) {
        return newest(user, sessions.stream().filter(ModelSession::open).toList())
                .or(() -> newest(
                        user,
                        sessions.stream()
                                .filter(session -> session.completed && !session.superseded())
                                .toList()))
                .or(() -> newest(
                        user,
                        sessions.stream().filter(session -> session.completed).toList()))
                .or(() -> newest(
                        user, sessions.stream().filter(ModelSession::dismissed).toList()));
    }

    private static Optional<ModelSession> newest(String user, List<ModelSession> among) {
        return among.stream()
                .filter(session -> session.user.equals(Optional.of(user)))
                .max(Comparator.comparing(session -> session.createdAt));
    }

    /** Updates the profiles with completed sessions. */
    void keepProfiles() {
        for (ModelSession session : sessions) {
            if (session.completed && session.user.isPresent()) {
                profiles.merge(
                        session.user.get(),
                        session.completedAt.orElseThrow(),
                        (first, second) -> first.isBefore(second) ? first : second);
            }
        }
    }

    ModelClaim claim(ModelSession source, String user, ClaimPolicy policy, Instant now) {
        if (source.superseded()) {
            return ModelClaim.rejected("Superseded");
        }
        if (source.user.isPresent()) {
            return source.user.get().equals(user)
                    ? ModelClaim.done("already_yours", source)
                    : ModelClaim.rejected("ClaimedByAnotherUser");
        }
        Optional<ModelSession> own = of(user).filter(session -> !session.dismissed());
        if (own.isEmpty()) {
            give(source, user, now);
            return ModelClaim.done("claimed", source);
        }
        ModelSession target = own.get();
        if (target.superseded()) {
            return keepTarget(source, target, now);
        }
        return switch (policy) {
            case FAIL -> target.completed ? keepTarget(source, target, now) : ModelClaim.rejected("UserHasOpenSession");
            case KEEP_TARGET -> keepTarget(source, target, now);
            case KEEP_FURTHEST -> {
                boolean furtherThanTarget = source.completed == target.completed
                        ? source.done().size() > target.done().size()
                        : source.completed;
                if (!furtherThanTarget) {
                    yield keepTarget(source, target, now);
                }
                give(source, user, now);
                target.supersede(source.id, now);
                yield ModelClaim.done("kept_source", source);
            }
            case MERGE_ANSWERS -> merge(source, target, now);
        };
    }

    private static void give(ModelSession session, String user, Instant now) {
        session.user = Optional.of(user);
        session.change(now, "claimed " + session.currentStep);
    }

    private static ModelClaim keepTarget(ModelSession source, ModelSession target, Instant now) {
        source.supersede(target.id, now);
        return ModelClaim.done("kept_target", target, List.of(), left(source, target));
    }

    private static List<String> left(ModelSession source, ModelSession remaining) {
        return source.done().stream()
                .map(ModelStep::id)
                .filter(step -> !Optional.ofNullable(source.answers.get(step))
                        .equals(Optional.ofNullable(remaining.answers.get(step))))
                .toList();
    }

    private static ModelClaim merge(ModelSession source, ModelSession target, Instant now) {
        List<String> merged = new ArrayList<>();
        List<String> events = new ArrayList<>();
        for (ModelStep step : source.done()) {
            String word = source.answers.getOrDefault(step.id(), "");
            boolean skipped = word.equals(ModelSession.SKIPPED);
            boolean lacking = skipped
                    ? !target.answers.containsKey(step.id())
                    : target.answers
                            .getOrDefault(step.id(), ModelSession.SKIPPED)
                            .equals(ModelSession.SKIPPED);
            if (lacking && target.visible(step)) {
                target.answers.put(step.id(), word);
                Optional.ofNullable(source.kblocks.get(step.id())).ifPresent(kblock -> {
                    target.kblocks.put(step.id(), kblock);
                    kblock.home = target;
                });
                merged.add(step.id());
                events.add((skipped ? "skipped " : "step_done ") + step.id());
                if (!target.completed) {
                    target.currentStep = step.id();
                }
            }
        }
        events.add("claimed " + target.currentStep);
        target.change(now, events.toArray(String[]::new));
        target.completeIfNothingIsLeft(now);
        source.supersede(target.id, now);
        return ModelClaim.done("merged", target, merged, left(source, target));
    }
}
