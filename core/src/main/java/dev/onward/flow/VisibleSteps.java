package dev.onward.flow;

import dev.onward.model.SessionView.Progress;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a flow that are visible with certain answers, and how many of them are done.
 *
 * @param steps the visible steps, in the flow's order
 * @param answers all answers, including those to hidden steps
 */
public record VisibleSteps(List<Step> steps, Answers answers) {
    public VisibleSteps {
        steps = List.copyOf(steps);
    }

    public boolean visible(Step step) {
        return steps.contains(step);
    }

    /** Whether a step is done: visible, and answered or skipped. */
    public boolean done(Step step) {
        return visible(step) && answers.has(step.id());
    }

    /** The result of a step; empty if it is not done. */
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

    public Progress progress() {
        return new Progress(done().size(), steps.size());
    }

    /** The first step that is not done; empty if all are. */
    public Optional<Step> next() {
        return steps.stream().filter(step -> !answers.has(step.id())).findFirst();
    }

    /** The required steps that are not done. */
    public List<Step> missing() {
        return steps.stream()
                .filter(step -> !step.optional() && !answers.has(step.id()))
                .toList();
    }

    /** Whether a step is available: it is done already, or all required steps before it are done. */
    public boolean reachable(Step step) {
        return visible(step)
                && (answers.has(step.id())
                        || missing().stream().noneMatch(missing -> steps.indexOf(missing) < steps.indexOf(step)));
    }

    /** The steps that are available now. */
    public List<Step> reachable() {
        return steps.stream().filter(this::reachable).toList();
    }
}
