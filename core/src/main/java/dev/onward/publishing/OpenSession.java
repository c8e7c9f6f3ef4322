package dev.onward.publishing;

import dev.onward.transition.Session;
import java.util.Optional;

/**
 * An open session, and its position in the order of the rollout.
 *
 * @param session empty if its row cannot be read
 */
public record OpenSession(Optional<Session> session, OpenSessionPosition position) {

    /** @param createdAt in the database's own format */
    public record OpenSessionPosition(String createdAt, String id) {}
}
