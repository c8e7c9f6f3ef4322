package dev.onward.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step of a session's flow, and what the person did with it.
 *
 * @param id the step's id
 * @param title the step's title
 * @param description what the person is asked to do
 * @param optional whether it may be skipped
 * @param revisable whether a second answer may replace the first
 * @param creates what an answer becomes: {@code kblock}, or nothing
 * @param inputSchema the JSON Schema 2020-12 that an answer has to meet; empty if the step takes no answer
 * @param ui hints for a front end, exactly as the flow's definition has them
 * @param visible whether the answers so far lead to this step
 * @param reachable whether it can be done now
 * @param state what the person did with it
 * @param done whether it is visible, and answered or skipped
 * @param answer the person's answer as plain values (maps, lists, strings, numbers, booleans)
 * @param kblockId the K-Block that the answer became
 */
public record StepView(
        String id,
        String title,
        String description,
        boolean optional,
        boolean revisable,
        Optional<String> creates,
        Optional<Map<String, @Nullable Object>> inputSchema,
        Map<String, @Nullable Object> ui,
        boolean visible,
        boolean reachable,
        StepState state,
        boolean done,
        Optional<Object> answer,
        Optional<String> kblockId) {

    /** What a person did with a step. */
    public enum StepState {
        /** Nothing yet. */
        OPEN,
        /** They answered it. */
        DONE,
        /** They left it out. */
        SKIPPED;

        /** {@return the name in JSON} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
