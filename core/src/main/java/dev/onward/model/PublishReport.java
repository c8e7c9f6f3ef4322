package dev.onward.model;

/**
 * What became of a definition.
 *
 * @param version the version that has its content; the current one where it has none
 * @param current the version that is current now
 */
public record PublishReport(String flow, int version, int current, PublishResult result) {}
