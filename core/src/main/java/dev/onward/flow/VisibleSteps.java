package dev.onward.flow;

import java.util.List;
import java.util.Optional;

/**
 * A flow as it lies before somebody who gave certain answers: which steps they are led past, and how far they are.
 *
 * @param steps the visible steps, in the flow's order
 * @param answers all that was answered, to hidden steps too
 */
public record VisibleSteps(List<Step> steps, Answers answers) {
    public VisibleSteps {
        steps = List.copyOf(steps);
    }

    public boolean visible(Step step) {
        return steps.contains(step);
    }

    /** Whether a step counts as done: it is visible, and was answered or skipped. */
    public boolean done(Step step) {
        return visible(step) && answers.has(step.id());
    }

    /** What the person did with a step; empty where it is not done. */
    public Optional<Answer> answer(String stepId) {
        return steps.stream()
                .filter(step -> step.id().equals(stepId))
                .findFirst()
                .flatMap(step -> answers.of(step.id()));
    }

    /** The steps that are done. */
    public List<Step> done() {
        return steps.stream().filter(step -> answers.has(step.id())).toList();
    }

    /** The first step that is not done; empty when nothing is left. */
    public Optional<Step> next() {
        return steps.stream().filter(step -> !answers.has(step.id())).findFirst();
    }

    /** The required steps that are not done. */
    public List<Step> missing() {
        return steps.stream()
                .filter(step -> !step.optional() && !answers.has(step.id()))
                .toList();
    }

    /** Whether a step can be done now: it is done already, or no required step before it is missing. */
    public boolean reachable(Step step) {
        return visible(step)
                && (answers.has(step.id())
                        || missing().stream().noneMatch(missing -> steps.indexOf(missing) < steps.indexOf(step)));
    }

    /** The steps that can be done now, for whoever asked for another. */
    public List<Step> reachable() {
        return steps.stream().filter(this::reachable).toList();
    }
}
