package dev.onward;

import java.time.Instant;
import java.util.Optional;

/**
 * Which sessions {@link Sessions#list} returns, newest first. Immutable. Start with {@link #all} and narrow it.
 *
 * @param step the milestone reached last
 * @param limit how many sessions a page has at most: 1 to 1,000
 * @param cursor where the page begins: {@link Page#nextCursor} of the page before
 */
public record SessionQuery(
        Optional<Boolean> completed,
        Optional<String> userId,
        Optional<String> flow,
        Optional<String> step,
        Optional<Instant> createdBefore,
        int limit,
        Optional<String> cursor) {
    private static final int MOST = 1_000;

    /** @throws IllegalArgumentException if the limit is out of range */
    public SessionQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be from 1 to " + MOST + ", not " + limit);
        }
    }

    /** All sessions, 100 a page. */
    public static SessionQuery all() {
        return new SessionQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                100,
                Optional.empty());
    }

    public SessionQuery completed(boolean value) {
        return new SessionQuery(Optional.of(value), userId, flow, step, createdBefore, limit, cursor);
    }

    public SessionQuery userId(String value) {
        return new SessionQuery(completed, Optional.of(value), flow, step, createdBefore, limit, cursor);
    }

    public SessionQuery flow(String value) {
        return new SessionQuery(completed, userId, Optional.of(value), step, createdBefore, limit, cursor);
    }

    public SessionQuery step(String value) {
        return new SessionQuery(completed, userId, flow, Optional.of(value), createdBefore, limit, cursor);
    }

    public SessionQuery createdBefore(Instant value) {
        return new SessionQuery(completed, userId, flow, step, Optional.of(value), limit, cursor);
    }

    public SessionQuery limit(int value) {
        return new SessionQuery(completed, userId, flow, step, createdBefore, value, cursor);
    }

    public SessionQuery cursor(String value) {
        return new SessionQuery(completed, userId, flow, step, createdBefore, limit, Optional.of(value));
    }
}
