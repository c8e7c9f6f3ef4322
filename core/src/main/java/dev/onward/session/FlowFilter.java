package dev.onward.session;

/** Selects one flow or all. */
public sealed interface FlowFilter {
    record AnyFlow() implements FlowFilter {}

    record OneFlow(String flow) implements FlowFilter {}
}
