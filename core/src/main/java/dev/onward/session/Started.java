package dev.onward.session;

/** @param resumed whether the session was there before */
public record Started(Journey journey, boolean resumed) {}
