package dev.onward.flow;

/** The version of a flow that a file of the servers was published as. */
public record FileVersion(String flow, int version) {}
