package dev.onward.transition;

import dev.onward.flow.Answer;
import dev.onward.flow.Step;
import dev.onward.flow.VisibleSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Merges the answers of an anonymous session into a user's session. Pure. */
public final class ClaimMerge {
    private ClaimMerge() {}

    /**
     * The merged answers.
     *
     * @param answerState the target's answers with those that it lacked
     * @param merged the steps whose answers were taken from the source, in the flow's order
     * @param kblocks the K-Blocks that were taken with them
     */
    record MergeResult(AnswerState answerState, List<Step> merged, List<String> kblocks) {}

    /**
     * The target's own answers stay. An answer is not taken if its step is hidden, if it is invalid in the target's
     * flow, or if it does not fit into the size limit.
     */
    static MergeResult merge(Onboarding source, Onboarding target) {
        VisibleSteps visibleSteps = source.visibleSteps();
        Onboarding merging = target;
        List<Step> merged = new ArrayList<>();
        List<String> kblocks = new ArrayList<>();
        for (Step step : target.flow().steps()) {
            Optional<Answer> answer = visibleSteps.answer(step.id()).filter(found -> fits(found, step, target));
            if (answer.isEmpty() || !merging.visibleSteps().visible(step)) {
                continue;
            }
            Onboarding more = merging.with(merging.answerStateWith(step, answer.get()));
            if (more.answers().size() <= StepTransitions.MAX_ANSWERS_BYTES) {
                merging = more;
                merged.add(step);
                kblock(answer.get()).ifPresent(kblocks::add);
            }
        }
        return new MergeResult(merging.session().answerState(), merged, kblocks);
    }

    private static boolean fits(Answer answer, Step step, Onboarding target) {
        Optional<Answer> existing = target.answers().of(step.id());
        return switch (answer) {
            case Answer.Submitted submitted ->
                target.answers().submitted(step.id()).isEmpty()
                        && AnswerValidator.violations(step, submitted.value()).isEmpty()
                        && (step.creates().isEmpty() || submitted.kblockId().isPresent());
            case Answer.Skipped() -> existing.isEmpty() && step.optional();
        };
    }

    private static Optional<String> kblock(Answer answer) {
        return answer instanceof Answer.Submitted submitted ? submitted.kblockId() : Optional.empty();
    }

    /** The steps that are done in the source and have no answer in the session that stays. */
    public static List<Step> left(Onboarding source, Onboarding remaining) {
        return source.visibleSteps().done().stream()
                .filter(step -> !content(source, step).equals(content(remaining, step)))
                .toList();
    }

    /** The answer to a step, without the K-Block created from it. */
    private static Optional<Answer> content(Onboarding onboarding, Step step) {
        return onboarding.answers().of(step.id()).map(answer -> switch (answer) {
            case Answer.Submitted submitted -> Answer.Submitted.of(submitted.value());
            case Answer.Skipped skipped -> skipped;
        });
    }

    /** Whether the anonymous session has more progress than the user's own. */
    static boolean isFurther(Onboarding source, Onboarding target) {
        int ahead =
                Boolean.compare(source.session().completed(), target.session().completed());
        if (ahead == 0) {
            ahead = Integer.compare(
                    source.visibleSteps().done().size(),
                    target.visibleSteps().done().size());
        }
        return ahead > 0;
    }
}
