package dev.onward.publishing;

import dev.onward.transition.Session;
import java.util.Optional;

/**
 * An open session, and its place in the order in which they are gone through.
 *
 * @param session empty where its row cannot be read
 */
public record OpenSession(Optional<Session> session, OpenSessionPosition place) {

    /** @param createdAt as the database writes it */
    public record OpenSessionPosition(String createdAt, String id) {}
}
