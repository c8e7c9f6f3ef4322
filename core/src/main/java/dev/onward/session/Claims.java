package dev.onward.session;

import dev.onward.flow.Answer;
import dev.onward.flow.Answers;
import dev.onward.flow.Step;
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

    /** Answers that the target has stay; one that breaks its schema, or finds no room, does not come over. */
    static Merged merge(Journey source, Journey target) {
        Answers theirs = source.answers();
        Journey merging = target;
        List<Step> merged = new ArrayList<>();
        List<String> kblocks = new ArrayList<>();
        for (Step step : target.flow().steps()) {
            Optional<Answer> answer = theirs.of(step.id()).filter(found -> fits(found, step, target));
            if (answer.isEmpty()) {
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
                        && step.input()
                                .map(schema -> schema.isMetBy(given.value()))
                                .orElse(true)
                        && (step.creates().isEmpty() || madeKBlock(given));
            case Answer.Skipped() -> standing.isEmpty() && step.optional();
        };
    }

    private static boolean madeKBlock(Answer.Given given) {
        return given.kblockId().isPresent() && Declaration.in(given.value()).isPresent();
    }

    private static Optional<String> kblock(Answer answer) {
        return answer instanceof Answer.Given given ? given.kblockId() : Optional.empty();
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
