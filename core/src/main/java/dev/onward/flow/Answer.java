package dev.onward.flow;

/** What a person did with a step. */
public sealed interface Answer {

    /** @param json the answer as JSON */
    record Given(String json) implements Answer {}

    /** The step was left out. */
    record Skipped() implements Answer {}
}
