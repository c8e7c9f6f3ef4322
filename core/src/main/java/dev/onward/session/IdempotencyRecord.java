package dev.onward.session;

import java.time.Instant;
import java.util.Optional;

/**
 * What was answered to a request that may come again, kept with what it changed.
 *
 * @param id says whose request it is, what it asks for, and which one
 * @param fingerprint tells requests under the same id apart
 * @param answer what a repeat is answered, as the caller put it
 * @param token made before the first try, so that a repeat of the transaction recognises its own receipt
 * @param sessionId with which it goes
 */
public record IdempotencyRecord(
        String id, String fingerprint, String answer, String token, Optional<String> sessionId, Instant at) {}
