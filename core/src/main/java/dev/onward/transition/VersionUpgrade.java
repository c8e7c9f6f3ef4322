package dev.onward.transition;

import dev.onward.flow.Answer;
import dev.onward.flow.Answers;
import dev.onward.flow.Flow;
import dev.onward.flow.InFlightPolicy;
import dev.onward.flow.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session's state in another version of its flow.
 *
 * @param answerState all answers, at the steps of that version
 * @param milestone the latest milestone in that version
 */
public record VersionUpgrade(Flow flow, AnswerState answerState, String milestone) {

    /**
     * Moves a session to another version; empty if an answer or the milestone has no place there, if two answers map to
     * one step, or if an answer is invalid there. It loses only answers that the map of steps drops on purpose. Pure.
     */
    public static Optional<VersionUpgrade> of(Onboarding current, Flow flow, InFlightPolicy.MigrateSessions policy) {
        return new Fitting(current, flow, policy).migration();
    }

    /** An answer, and the step of the new version that it maps to. */
    private record Led(String to, Answer answer) {

        boolean saysTheSameAs(Led other) {
            return to.equals(other.to) && declaration().equals(other.declaration());
        }

        private Optional<String> declaration() {
            return switch (answer) {
                case Answer.Given given -> Declaration.in(given.value());
                case Answer.Skipped() -> Optional.empty();
            };
        }
    }

    private record Fitting(Onboarding current, Flow flow, InFlightPolicy.MigrateSessions policy) {

        Optional<VersionUpgrade> migration() {
            List<Led> led = led();
            if (led.stream().map(Led::to).distinct().count() < led.size()) {
                return Optional.empty();
            }
            Optional<Onboarding> fitted = Optional.of(empty());
            for (Led one : led) {
                fitted = fitted.flatMap(onboarding -> with(onboarding, one));
            }
            return fitted.flatMap(onboarding -> milestone(onboarding)
                    .map(step -> new VersionUpgrade(flow, onboarding.session().answerState(), step)));
        }

        /** All answers except dropped ones. */
        private List<Led> led() {
            List<Led> led = new ArrayList<>();
            current.answers()
                    .byStep()
                    .forEach((old, answer) -> target(old).ifPresent(to -> led.add(new Led(to, answer))));
            strayDeclaration()
                    .filter(stray -> led.stream().noneMatch(stray::saysTheSameAs))
                    .ifPresent(led::add);
            return led;
        }

        /** The declaration, if the session's own version has no declaration step. */
        private Optional<Led> strayDeclaration() {
            if (current.flow().declarationStep().isPresent()) {
                return Optional.empty();
            }
            Session session = current.session();
            return flow.declarationStep()
                    .flatMap(step -> session.firstDeclaration()
                            .map(text -> new Led(
                                    step.id(), new Answer.Given(Declaration.answer(text), session.firstKBlockId()))));
        }

        /** Keeps the declaration if the version has no step for it. */
        private Onboarding empty() {
            Session session = current.session();
            AnswerState nothing = flow.declarationStep().isPresent()
                    ? AnswerState.NONE
                    : new AnswerState(Answers.none(), session.firstDeclaration(), session.firstKBlockId());
            return new Onboarding(session.with(nothing), flow);
        }

        private Optional<Onboarding> with(Onboarding fitted, Led one) {
            Answer answer = one.answer();
            return flow.step(one.to())
                    .filter(step -> fits(step, answer))
                    .map(step -> takes(step, answer) ? fitted.with(fitted.answerStateWith(step, answer)) : fitted);
        }

        private Optional<String> target(String old) {
            return policy.steps().getOrDefault(old, Optional.of(old));
        }

        private static boolean fits(Step step, Answer answer) {
            return switch (answer) {
                case Answer.Skipped() -> true;
                case Answer.Given given ->
                    AnswerValidator.violations(step, given.value()).isEmpty()
                            && (step.creates().isEmpty() || given.kblockId().isPresent());
            };
        }

        /** A required step that was skipped is open again. */
        private static boolean takes(Step step, Answer answer) {
            return switch (answer) {
                case Answer.Skipped() -> step.optional();
                case Answer.Given given -> true;
            };
        }

        private Optional<String> milestone(Onboarding fitted) {
            String reached = current.session().currentStep();
            if (reached.equals(Session.STARTED) || reached.equals(Session.COMPLETED)) {
                return Optional.of(reached);
            }
            Optional<String> target = target(reached);
            return target.isEmpty()
                    ? Optional.of(lastDone(fitted))
                    : target.flatMap(flow::step).map(Step::id);
        }

        private static String lastDone(Onboarding fitted) {
            List<Step> done = fitted.visibleSteps().done();
            return done.isEmpty() ? Session.STARTED : done.getLast().id();
        }
    }
}
