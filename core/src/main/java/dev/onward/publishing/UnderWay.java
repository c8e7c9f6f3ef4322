package dev.onward.publishing;

import dev.onward.session.Session;
import java.util.Optional;

/**
 * An open session, and its place in the order in which they are gone through.
 *
 * @param session empty where its row cannot be read
 */
public record UnderWay(Optional<Session> session, Place place) {

    /** @param createdAt as the database writes it */
    public record Place(String createdAt, String id) {}
}
