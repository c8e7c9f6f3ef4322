package dev.onward.publishing;

/** The version of a flow that a server's file was published as. */
public record FlowFileVersion(String flow, int version) {}
