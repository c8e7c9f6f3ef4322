package dev.onward.web.http;

import dev.onward.transition.ClaimSecret;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie that names a session to a browser.
 *
 * @param id the session
 * @param age how long the browser keeps the cookie
 * @param secret what mode public requires besides the session's id
 */
public record SessionCookie(String flow, String id, Duration age, Optional<ClaimSecret> secret) {
    public SessionCookie with(Optional<ClaimSecret> other) {
        return new SessionCookie(flow, id, age, other);
    }
}
