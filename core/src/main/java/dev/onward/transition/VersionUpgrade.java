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
        return new AnswerMapping(current, flow, policy).migration();
    }

    /** An answer, and the step of the new version that it maps to. */
    private record MappedAnswer(String to, Answer answer) {

        boolean hasSameDeclaration(MappedAnswer other) {
            return to.equals(other.to) && declaration().equals(other.declaration());
        }

        private Optional<String> declaration() {
            return switch (answer) {
                case Answer.Submitted submitted -> Declaration.in(submitted.value());
                case Answer.Skipped() -> Optional.empty();
            };
        }
    }

    private record AnswerMapping(Onboarding current, Flow flow, InFlightPolicy.MigrateSessions policy) {

        Optional<VersionUpgrade> migration() {
            List<MappedAnswer> mappedAnswers = mappedAnswers();
            if (mappedAnswers.stream().map(MappedAnswer::to).distinct().count() < mappedAnswers.size()) {
                return Optional.empty();
            }
            Optional<Onboarding> fitted = Optional.of(empty());
            for (MappedAnswer one : mappedAnswers) {
                fitted = fitted.flatMap(onboarding -> with(onboarding, one));
            }
            return fitted.flatMap(onboarding -> milestone(onboarding)
                    .map(step -> new VersionUpgrade(flow, onboarding.session().answerState(), step)));
        }

        /** All answers except dropped ones. */
        private List<MappedAnswer> mappedAnswers() {
            List<MappedAnswer> mappedAnswers = new ArrayList<>();
            current.answers()
                    .byStep()
                    .forEach((old, answer) ->
                            target(old).ifPresent(to -> mappedAnswers.add(new MappedAnswer(to, answer))));
            unmappedDeclaration()
                    .filter(declaration -> mappedAnswers.stream().noneMatch(declaration::hasSameDeclaration))
                    .ifPresent(mappedAnswers::add);
            return mappedAnswers;
        }

        /** The declaration, if the session's own version has no declaration step. */
        private Optional<MappedAnswer> unmappedDeclaration() {
            if (current.flow().declarationStep().isPresent()) {
                return Optional.empty();
            }
            Session session = current.session();
            return flow.declarationStep()
                    .flatMap(step -> session.firstDeclaration()
                            .map(text -> new MappedAnswer(
                                    step.id(),
                                    new Answer.Submitted(Declaration.answer(text), session.firstKBlockId()))));
        }

        /** Keeps the declaration if the version has no step for it. */
        private Onboarding empty() {
            Session session = current.session();
            AnswerState nothing = flow.declarationStep().isPresent()
                    ? AnswerState.NONE
                    : new AnswerState(Answers.none(), session.firstDeclaration(), session.firstKBlockId());
            return new Onboarding(session.with(nothing), flow);
        }

        private Optional<Onboarding> with(Onboarding fitted, MappedAnswer one) {
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
                case Answer.Submitted submitted ->
                    AnswerValidator.violations(step, submitted.value()).isEmpty()
                            && (step.creates().isEmpty() || submitted.kblockId().isPresent());
            };
        }

        /** A required step that was skipped is open again. */
        private static boolean takes(Step step, Answer answer) {
            return switch (answer) {
                case Answer.Skipped() -> step.optional();
                case Answer.Submitted submitted -> true;
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
