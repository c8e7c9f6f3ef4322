package dev.onward.session;

import dev.onward.flow.Answer;
import dev.onward.flow.Step;
import dev.onward.flow.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a user's session gains from an anonymous one that is merged into it. Pure. */
final class Claims {
    private Claims() {}

    /**
     * The work of both.
     *
     * @param work the target's, with the answers that it lacked
     * @param merged the steps whose answers came over, in the flow's order
     * @param kblocks the K-Blocks that came over with them
     */
    record Merged(Work work, List<Step> merged, List<String> kblocks) {}

    /**
     * Answers that the target has stay. One that counts in neither, breaks what the target's flow asks for, or finds no
     * room, does not come over.
     */
    static Merged merge(Journey source, Journey target) {
        Way way = source.way();
        Journey merging = target;
        List<Step> merged = new ArrayList<>();
        List<String> kblocks = new ArrayList<>();
        for (Step step : target.flow().steps()) {
            Optional<Answer> answer = way.answer(step.id()).filter(found -> fits(found, step, target));
            if (answer.isEmpty() || !merging.way().visible(step)) {
                continue;
            }
            Journey more = merging.with(merging.workWith(step, answer.get()));
            if (more.answers().size() <= Steps.LARGEST) {
                merging = more;
                merged.add(step);
                kblock(answer.get()).ifPresent(kblocks::add);
            }
        }
        return new Merged(merging.session().work(), merged, kblocks);
    }

    private static boolean fits(Answer answer, Step step, Journey target) {
        Optional<Answer> standing = target.answers().of(step.id());
        return switch (answer) {
            case Answer.Given given ->
                target.answers().given(step.id()).isEmpty()
                        && AnswerRules.violations(step, given.value()).isEmpty()
                        && (step.creates().isEmpty() || given.kblockId().isPresent());
            case Answer.Skipped() -> standing.isEmpty() && step.optional();
        };
    }

    private static Optional<String> kblock(Answer answer) {
        return answer instanceof Answer.Given given ? given.kblockId() : Optional.empty();
    }

    /** The steps that are done in the source, and whose answers do not stand in the session that is kept. */
    static List<Step> left(Journey source, Journey kept) {
        return source.way().done().stream()
                .filter(step -> !said(source, step).equals(said(kept, step)))
                .toList();
    }

    /** What was answered to a step, whatever was made of it. */
    private static Optional<Answer> said(Journey journey, Step step) {
        return journey.answers().of(step.id()).map(answer -> switch (answer) {
            case Answer.Given given -> Answer.Given.of(given.value());
            case Answer.Skipped skipped -> skipped;
        });
    }

    /** Whether the anonymous session is further than the user's own. */
    static boolean isFurther(Journey source, Journey target) {
        int ahead =
                Boolean.compare(source.session().completed(), target.session().completed());
        if (ahead == 0) {
            ahead = Integer.compare(
                    source.way().done().size(), target.way().done().size());
        }
        return ahead > 0;
    }
}
