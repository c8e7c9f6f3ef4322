package dev.onward.publishing;

import dev.onward.session.Session;

/** An open session, and its place in the order in which they are gone through. */
public record UnderWay(Session session, Place place) {

    /** @param createdAt as the database writes it */
    public record Place(String createdAt, String id) {}
}
