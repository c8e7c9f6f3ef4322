package dev.onward.web.http;

import java.time.Duration;

/**
 * The value of a {@code Set-Cookie} header (RFC 6265bis). Scripts cannot read the cookie, and other sites' pages do not
 * send it.
 *
 * @param age how long the browser keeps it; zero deletes it
 * @param secure whether it is sent over HTTPS only
 */
public record SetCookie(String name, String value, Duration age, boolean secure) {
    /** A cookie that deletes the one with this name. */
    public static SetCookie deleted(String name, boolean secure) {
        return new SetCookie(name, "", Duration.ZERO, secure);
    }

    public ResponseHeader header() {
        String expires = age.isZero() ? "Expires=Thu, 01 Jan 1970 00:00:00 GMT" : "Max-Age=" + age.toSeconds();
        return new ResponseHeader(
                "Set-Cookie",
                name + "=" + value + "; " + expires + "; Path=/" + (secure ? "; Secure" : "")
                        + "; HttpOnly; SameSite=Lax");
    }
}
