package dev.onward;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param <T> what the list contains
 * @param items what is on the page
 * @param nextCursor opaque; pass it back to read the next page; empty on the last page. It may contain a session's id, so
 *     never log it
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {
    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }
}
