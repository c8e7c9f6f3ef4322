package dev.onward;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param nextCursor opaque; pass it back to read the next page; empty on the last page. It may contain a session's id, so
 *     never log it
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {
    public Page {
        items = List.copyOf(items);
    }
}
