package dev.onward.server.http;

import dev.onward.transition.ClaimSecret;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie that an answer sets.
 *
 * @param id the session that it names
 * @param age how long the browser keeps it
 * @param secret what the session takes in mode public beside its id
 */
record ResponseCookie(String flow, String id, Duration age, Optional<ClaimSecret> secret) {
    ResponseCookie with(Optional<ClaimSecret> other) {
        return new ResponseCookie(flow, id, age, other);
    }
}
