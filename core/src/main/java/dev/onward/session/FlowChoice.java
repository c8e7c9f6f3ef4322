package dev.onward.session;

/** Which flow a question is about. */
public sealed interface FlowChoice {
    record Any() implements FlowChoice {}

    record Only(String flow) implements FlowChoice {}
}
