package dev.onward.model;

/**
 * What became of a definition.
 *
 * @param flow the flow's id
 * @param version the version that has its content; the current one where it has none
 * @param current the version that is current now
 * @param result what publishing did
 */
public record PublishReport(String flow, int version, int current, PublishResult result) {}
