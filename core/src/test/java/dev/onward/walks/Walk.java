package dev.onward.walks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.OnboardingException;
import dev.onward.session.ClaimResult;
import dev.onward.session.SessionService;
import dev.onward.session.SessionStore;
import dev.onward.session.StartRequest;
import dev.onward.session.StartResult;
import dev.onward.session.WriteConditions;
import dev.onward.testing.SettableClock;
import dev.onward.transition.Declaration;
import dev.onward.transition.Onboarding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** A random walk: actions on a few sessions of one flow, in Onward and in the model. */
final class Walk {
    private static final int MAX_TURNS = 12;
    private static final Instant BEGINNING = Instant.parse("2026-03-29T00:00:00Z");

    private final Random random;
    private final ModelFlow flow;
    private final Model model = new Model();
    private final SettableClock clock = new SettableClock(BEGINNING);
    private final SessionService sessions;
    private final List<String> users;
    private final Comparison comparison;
    private final List<String> turns = new ArrayList<>();
    private final Set<String> covered = new HashSet<>();
    private int ids;

    Walk(long seed, List<ModelFlow> flows, FlowCatalog catalog, SessionStore store) {
        random = new Random(seed);
        flow = flows.get(random.nextInt(flows.size()));
        String name = "walk-" + seed;
        sessions = new SessionService(catalog, store, clock, () -> name + "-" + ++ids);
        users = List.of("ada of " + name, "bob of " + name);
        comparison = new Comparison(sessions, model);
    }

    /** The actions and their outcomes. */
    List<String> turns() {
        return turns;
    }

    /** Outcomes: exceptions by name, and results of claims. */
    Set<String> covered() {
        return covered;
    }

    void walk() {
        start();
        for (int left = 1 + random.nextInt(MAX_TURNS); left > 0; left--) {
            clock.advance(Duration.ofSeconds(1));
            turn(model.sessions.get(random.nextInt(4) > 0 ? model.sessions.size() - 1 : any(model.sessions.size())));
            model.keepProfiles();
        }
        comparison.ofAll(flow, 1 + random.nextInt(20));
    }

    private int any(int bound) {
        return random.nextInt(bound);
    }

    private void turn(ModelSession session) {
        switch (any(20)) {
            case 0 -> start();
            case 1 -> resume();
            case 2 -> ask(session, "dismiss", conditions -> sessions.dismiss(session.id, conditions), session::dismiss);
            case 3 -> ask(session, "reopen", conditions -> sessions.reopen(session.id, conditions), session::reopen);
            case 4 ->
                ask(session, "complete", conditions -> sessions.complete(session.id, conditions), session::complete);
            case 5 -> restart(session);
            case 6 -> declare(session);
            case 7, 8 -> claim(session);
            case 9, 10, 11 -> skip(session);
            default -> submit(session);
        }
    }

    private void start() {
        Optional<String> user = random.nextBoolean() ? Optional.empty() : Optional.of(users.get(any(users.size())));
        turns.add("start for " + user.orElse("nobody"));
        StartRequest start = StartRequest.of(flow.id());
        StartResult started = sessions.start(user.map(start::by).orElse(start));
        String id = started.onboarding().session().id();
        comparison.of(model.start(id, flow, user, clock.instant()), started.onboarding());
    }

    private void resume() {
        String user = users.get(any(users.size()));
        turns.add("resume for " + user);
        StartResult started = sessions.start(StartRequest.of(flow.id()).by(user).resuming());
        Optional<ModelSession> current = model.of(user);
        assertThat(started.resumed()).isEqualTo(current.isPresent());
        String id = started.onboarding().session().id();
        comparison.of(
                current.orElseGet(() -> model.start(id, flow, Optional.of(user), clock.instant())),
                started.onboarding());
    }

    private void submit(ModelSession session) {
        String step = step(session);
        String word = word(step);
        Object answer = flow.step(step).map(found -> found.answer(word)).orElse(word);
        ask(
                session,
                "submit " + word + " to " + step,
                conditions -> sessions.submit(session.id, step, answer, conditions),
                now -> session.submit(step, word, now));
    }

    private void skip(ModelSession session) {
        String step = step(session);
        ask(
                session,
                "skip " + step,
                conditions -> sessions.skip(session.id, step, conditions),
                now -> session.skip(step, now));
    }

    private void declare(ModelSession session) {
        String word = ModelStep.Kind.KBLOCK.words().get(any(2));
        ask(
                session,
                "declare " + word,
                conditions -> sessions.declare(
                                session.id,
                                new Declaration(word),
                                new WriteConditions<>(conditions.revisions(), Optional.empty()))
                        .onboarding(),
                now -> session.declare(word, now));
    }

    /** Usually a step that is reachable now; sometimes one that does not exist. */
    private String step(ModelSession session) {
        if (any(3) > 0 && session.next().isPresent()) {
            return session.next().get();
        }
        int number = any(flow.steps().size() + (any(5) == 0 ? 1 : 0));
        return number == flow.steps().size()
                ? "nowhere"
                : flow.steps().get(number).id();
    }

    private String word(String step) {
        List<String> words = flow.step(step).map(found -> found.kind().words()).orElse(List.of("word"));
        return any(12) == 0 ? ModelStep.BROKEN : words.get(any(words.size()));
    }

    private void restart(ModelSession session) {
        Optional<Set<Long>> revisions = revisions(session);
        turns.add(session.id + " restart" + describe(revisions));
        ActionOutcome<Onboarding> answered =
                answered(() -> sessions.restart(session.id, new WriteConditions<>(revisions, Optional.empty())));
        String sessionId =
                answered.answer().map(onboarding -> onboarding.session().id()).orElse("nobody");
        assertThat(answered.outcome())
                .isEqualTo(
                        stale(session, revisions)
                                ? "StaleRevision"
                                : model.restart(session, sessionId, clock.instant()));
        answered.answer().ifPresent(comparison::of);
    }

    private void claim(ModelSession session) {
        String user = users.get(any(users.size()));
        ClaimPolicy policy = List.of(ClaimPolicy.values()).get(any(4));
        Optional<Set<Long>> revisions = revisions(session);
        turns.add(session.id + " claim by " + user + ", " + policy.code() + describe(revisions));
        ActionOutcome<ClaimResult> answered = answered(
                () -> sessions.claim(session.id, user, policy, new WriteConditions<>(revisions, Optional.empty())));
        Model.ModelClaim expected = stale(session, revisions)
                ? Model.ModelClaim.rejected("StaleRevision")
                : model.claim(session, user, policy, clock.instant());
        covered.add(expected.report().map(Model.Report::result).orElse(expected.outcome()));
        assertThat(answered.outcome()).isEqualTo(expected.outcome());
        assertThat(answered.answer()
                        .map(claimed -> new Model.Report(
                                claimed.result().code(),
                                claimed.onboarding().session().id(),
                                claimed.merged(),
                                claimed.left())))
                .isEqualTo(expected.report());
        answered.answer().map(ClaimResult::onboarding).ifPresent(comparison::of);
    }

    /** The result of an action, or the name of the exception with which it was rejected. */
    private record ActionOutcome<T>(Optional<T> answer, String outcome) {}

    private static <T> ActionOutcome<T> answered(Supplier<T> action) {
        try {
            return new ActionOutcome<>(Optional.of(action.get()), ModelSession.DONE);
        } catch (OnboardingException rejection) {
            return new ActionOutcome<>(Optional.empty(), rejection.getClass().getSimpleName());
        }
    }

    @FunctionalInterface
    private interface WalkAction {
        Onboarding on(WriteConditions<Onboarding> conditions);
    }

    @FunctionalInterface
    private interface Modelled {
        String at(Instant now);
    }

    private void ask(ModelSession session, String what, WalkAction action, Modelled modelled) {
        Optional<Set<Long>> revisions = revisions(session);
        turns.add(session.id + " " + what + describe(revisions));
        ActionOutcome<Onboarding> answered =
                answered(() -> action.on(new WriteConditions<>(revisions, Optional.empty())));
        String expected = stale(session, revisions) ? "StaleRevision" : modelled.at(clock.instant());
        covered.add(answered.outcome());
        assertThat(answered.outcome()).isEqualTo(expected.equals(ModelSession.SAME) ? ModelSession.DONE : expected);
        answered.answer().ifPresent(onboarding -> comparison.of(session, onboarding));
    }

    /** The revisions that a caller expects: usually any, otherwise the current one or an earlier one. */
    private Optional<Set<Long>> revisions(ModelSession session) {
        return switch (any(10)) {
            case 0 -> Optional.of(Set.of(session.revision));
            case 1 -> Optional.of(Set.of(session.revision - 1));
            default -> Optional.empty();
        };
    }

    private static boolean stale(ModelSession session, Optional<Set<Long>> revisions) {
        return revisions.isPresent() && !revisions.get().contains(session.revision);
    }

    private static String describe(Optional<Set<Long>> revisions) {
        return revisions.map(some -> " if at " + some).orElse("");
    }
}
