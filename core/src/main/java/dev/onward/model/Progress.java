package dev.onward.model;

/**
 * How far a session is.
 *
 * @param done the visible steps that are answered or skipped
 * @param total all visible steps
 */
public record Progress(int done, int total) {}
