package dev.onward.web.jwt;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an issuer, which may change at any time. They are read again after {@link #MAX_AGE}, and when a token names
 * an unknown key, but at most once per {@link #PAUSE}: a token with an invented key id costs no more than that. If the
 * source fails, the known keys stay valid for {@link #OUTAGE}. Thread-safe.
 */
final class SigningKeys {
    /** The age at which keys are read again. */
    static final Duration MAX_AGE = Duration.ofMinutes(5);
    /** The minimum time between two attempts to read the keys. */
    static final Duration PAUSE = Duration.ofSeconds(5);
    /** How long known keys stay valid if they cannot be read again. */
    static final Duration OUTAGE = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private final String issuer;
    private final KeySetLoader loader;
    private final InstantSource clock;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile State state = new State(null, Instant.EPOCH, Instant.EPOCH, Optional.of("not read yet"));

    /**
     * @param keys the last keys that were read, if any
     * @param readAt when they were read
     * @param triedAt when they were last tried to be read
     * @param failure why the last attempt failed, if it did
     */
    private record State(@Nullable KeySet keys, Instant readAt, Instant triedAt, Optional<String> failure) {
        List<SigningKey> named(Optional<String> id) {
            return keys == null ? List.of() : keys.named(id);
        }
    }

    SigningKeys(String issuer, KeySource source, InstantSource clock) {
        this.issuer = issuer;
        this.loader = new KeySetLoader(source);
        this.clock = clock;
    }

    /**
     * The keys with this id; all keys if the token names none. Waits for the source only if none has this id.
     *
     * @throws KeysUnavailable if there are no keys because they could not be read
     */
    List<SigningKey> named(Optional<String> id) throws KeysUnavailable {
        if (state.named(id).isEmpty()) {
            loading.lock();
            try {
                loadIf(state.named(id).isEmpty());
            } finally {
                loading.unlock();
            }
        } else if (clock.instant().isAfter(state.readAt().plus(MAX_AGE))) {
            refreshInBackground();
        }
        State current = state;
        if (current.keys() == null || clock.instant().isAfter(current.readAt().plus(OUTAGE))) {
            throw new KeysUnavailable();
        }
        return current.named(id);
    }

    /** Why the keys could not be read; empty if they could. */
    Optional<String> failure() {
        return state.failure();
    }

    void refreshInBackground() {
        Thread.ofVirtual().name("onward-keys").start(this::refresh);
    }

    /** Reads the keys if they are old; returns at once if another thread is reading them. */
    void refresh() {
        if (loading.tryLock()) {
            try {
                loadIf(clock.instant().isAfter(state.readAt().plus(MAX_AGE)));
            } finally {
                loading.unlock();
            }
        }
    }

    private void loadIf(boolean stale) {
        if (stale && !clock.instant().isBefore(state.triedAt().plus(PAUSE))) {
            state = loaded();
        }
    }

    private State loaded() {
        Instant now = clock.instant();
        try {
            KeySet keys = loader.load();
            keys.unusable()
                    .forEach(key -> LOG.atWarn()
                            .addKeyValue("issuer", issuer)
                            .addKeyValue("key", key)
                            .log("A key of the issuer is skipped"));
            return new State(keys, now, now, Optional.empty());
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("issuer", issuer)
                    .addKeyValue("reason", e.getMessage())
                    .log("The keys of the issuer cannot be read");
            return new State(state.keys(), state.readAt(), now, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** The issuer's keys are not known, because their source does not answer. */
    static final class KeysUnavailable extends Exception {}
}
