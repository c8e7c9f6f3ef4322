package dev.onward.session;

/** Which flow a question is about. */
public sealed interface FlowFilter {
    record AnyFlow() implements FlowFilter {}

    record OneFlow(String flow) implements FlowFilter {}
}
