package dev.onward.transition;

import dev.onward.flow.Answer;
import dev.onward.flow.Artefact;
import dev.onward.flow.Flow;
import dev.onward.flow.Step;
import dev.onward.flow.VisibleSteps;
import dev.onward.model.SessionView;
import dev.onward.model.StepView;
import dev.onward.model.StepView.StepState;
import java.util.List;
import java.util.Optional;

/** Converts sessions to the values of the Java API. */
final class SessionViews {
    private SessionViews() {}

    static SessionView of(Onboarding onboarding) {
        Session session = onboarding.session();
        Flow flow = onboarding.flow();
        VisibleSteps visibleSteps = onboarding.visibleSteps();
        return new SessionView(
                session.id(),
                session.userId(),
                flow.id(),
                flow.version(),
                flow.title(),
                session.state(),
                session.revision(),
                session.currentStep(),
                onboarding.next().map(Step::id),
                session.completed(),
                session.createdAt(),
                session.updatedAt(),
                session.completedAt(),
                session.dismissedAt(),
                session.supersededBy(),
                session.firstKBlockId(),
                session.firstDeclaration(),
                flow.completionMessage(),
                visibleSteps.progress(),
                steps(flow, visibleSteps));
    }

    private static List<StepView> steps(Flow flow, VisibleSteps visibleSteps) {
        return flow.steps().stream().map(step -> step(step, visibleSteps)).toList();
    }

    private static StepView step(Step step, VisibleSteps visibleSteps) {
        Optional<Answer> answer = visibleSteps.answers().of(step.id());
        Optional<Answer.Submitted> submitted = visibleSteps.answers().submitted(step.id());
        return new StepView(
                step.id(),
                step.title(),
                step.description(),
                step.optional(),
                step.revisable(),
                step.creates().map(Artefact::code),
                step.input().map(schema -> schema.definition()),
                step.ui(),
                visibleSteps.visible(step),
                visibleSteps.reachable(step),
                answer.map(SessionViews::state).orElse(StepState.OPEN),
                visibleSteps.done(step),
                submitted.map(Answer.Submitted::value),
                submitted.flatMap(Answer.Submitted::kblockId));
    }

    private static StepState state(Answer answer) {
        return switch (answer) {
            case Answer.Submitted submitted -> StepState.DONE;
            case Answer.Skipped skipped -> StepState.SKIPPED;
        };
    }
}
