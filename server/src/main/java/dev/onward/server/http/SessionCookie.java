package dev.onward.server.http;

import dev.onward.session.ClaimSecret;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie that an answer sets.
 *
 * @param id the session that it names
 * @param age how long the browser keeps it
 * @param secret what the session takes in mode public beside its id
 */
record SessionCookie(String flow, String id, Duration age, Optional<ClaimSecret> secret) {
    SessionCookie with(Optional<ClaimSecret> other) {
        return new SessionCookie(flow, id, age, other);
    }
}
