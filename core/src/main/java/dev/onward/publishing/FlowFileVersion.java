package dev.onward.publishing;

/** The version of a flow that a file of the servers was published as. */
public record FlowFileVersion(String flow, int version) {}
