package dev.onward;

import java.time.Instant;
import java.util.Optional;

/**
 * Which sessions {@link Sessions#list} returns, newest first. Immutable. Start with {@link #all} and narrow it.
 *
 * @param completed whether they are completed
 * @param userId the user that they belong to
 * @param flow the flow that they follow
 * @param step the milestone reached last
 * @param createdBefore the time before which they were started
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
    private static final int MAX_PAGE_SIZE = 1_000;

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if the limit is out of range
     */
    public SessionQuery {
        if (limit < 1 || limit > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE_SIZE + ", not " + limit);
        }
    }

    /** {@return a query for all sessions, 100 a page} */
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

    /**
     * Narrows the query to completed sessions, or to others.
     *
     * @param value whether they are completed
     * @return the narrowed query
     */
    public SessionQuery completed(boolean value) {
        return new SessionQuery(Optional.of(value), userId, flow, step, createdBefore, limit, cursor);
    }

    /**
     * Narrows the query to a user's sessions.
     *
     * @param value the user's id
     * @return the narrowed query
     */
    public SessionQuery userId(String value) {
        return new SessionQuery(completed, Optional.of(value), flow, step, createdBefore, limit, cursor);
    }

    /**
     * Narrows the query to a flow.
     *
     * @param value the flow's id
     * @return the narrowed query
     */
    public SessionQuery flow(String value) {
        return new SessionQuery(completed, userId, Optional.of(value), step, createdBefore, limit, cursor);
    }

    /**
     * Narrows the query to sessions at one milestone.
     *
     * @param value the milestone reached last
     * @return the narrowed query
     */
    public SessionQuery step(String value) {
        return new SessionQuery(completed, userId, flow, Optional.of(value), createdBefore, limit, cursor);
    }

    /**
     * Narrows the query to sessions that were started before a time.
     *
     * @param value the time
     * @return the narrowed query
     */
    public SessionQuery createdBefore(Instant value) {
        return new SessionQuery(completed, userId, flow, step, Optional.of(value), limit, cursor);
    }

    /**
     * Sets the size of a page.
     *
     * @param value how many sessions a page has at most: 1 to 1,000
     * @return the query with it
     * @throws IllegalArgumentException if the limit is out of range
     */
    public SessionQuery limit(int value) {
        return new SessionQuery(completed, userId, flow, step, createdBefore, value, cursor);
    }

    /**
     * Continues after a page.
     *
     * @param value {@link Page#nextCursor} of that page
     * @return the query for the next page
     */
    public SessionQuery cursor(String value) {
        return new SessionQuery(completed, userId, flow, step, createdBefore, limit, Optional.of(value));
    }
}
