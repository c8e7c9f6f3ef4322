package dev.onward.web.jwt;

import java.time.Duration;
import java.util.Optional;

/** A token was rejected. The message is for developers of the caller: it contains nothing that the token's bearer cannot know. */
public final class TokenRejectedException extends Exception {
    private final Reason reason;
    private final Optional<Duration> retryAfter;

    /** Why a token was rejected. */
    public enum Reason {
        /** It is malformed, its signature or its issuer is wrong, or it is of another type. */
        INVALID,
        /** It has expired, or is not valid yet. */
        EXPIRED,
        /** It is for another audience. */
        WRONG_AUDIENCE,
        /** The claim with the user id is missing. */
        WITHOUT_SUBJECT,
        /** Its key is not among the issuer's keys. */
        KEY_UNKNOWN,
        /** The issuer's keys cannot be read. */
        KEYS_UNAVAILABLE,
        /** Its user id has more than 64 characters. */
        USER_ID_TOO_LONG
    }

    TokenRejectedException(Reason reason, String message) {
        this(reason, message, Optional.empty());
    }

    TokenRejectedException(Reason reason, String message, Optional<Duration> retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    /** When the same token may be accepted. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
