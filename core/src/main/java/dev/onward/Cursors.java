package dev.onward;

import dev.onward.json.Json;
import dev.onward.session.EventPosition;
import dev.onward.session.SessionFilter;
import dev.onward.session.SessionPage.ListPosition;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Positions in lists as opaque text. */
final class Cursors {
    private Cursors() {}

    static SessionFilter filter(SessionQuery query) {
        return new SessionFilter(query.completed(), query.userId(), query.flow(), query.step(), query.createdBefore());
    }

    static String of(ListPosition position) {
        return write(List.of(position.createdAt().toString(), position.id()));
    }

    static String of(EventPosition position) {
        return write(List.of(String.valueOf(position.revision()), String.valueOf(position.rank()), position.step()));
    }

    /** @throws IllegalArgumentException if the text is no cursor of a list of sessions */
    static ListPosition position(String cursor) {
        List<?> parts = parts(cursor, 2);
        try {
            return new ListPosition(Instant.parse(String.valueOf(parts.get(0))), String.valueOf(parts.get(1)));
        } catch (DateTimeException e) {
            throw invalid(e);
        }
    }

    /** @throws IllegalArgumentException if the text is no cursor of a list of events */
    static EventPosition eventPosition(String cursor) {
        List<?> parts = parts(cursor, 3);
        try {
            return new EventPosition(
                    Long.parseLong(String.valueOf(parts.get(0))),
                    Integer.parseInt(String.valueOf(parts.get(1))),
                    String.valueOf(parts.get(2)));
        } catch (NumberFormatException e) {
            throw invalid(e);
        }
    }

    private static String write(List<String> parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.write(parts).getBytes(StandardCharsets.UTF_8));
    }

    private static List<?> parts(String cursor, int count) {
        try {
            String json = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (Json.read(json) instanceof List<?> parts && parts.size() == count) {
                return parts;
            }
        } catch (RuntimeException e) {
            throw invalid(e);
        }
        throw invalid(new IllegalArgumentException("wrong number of parts"));
    }

    private static IllegalArgumentException invalid(RuntimeException cause) {
        return new IllegalArgumentException(
                "not a cursor of this list: pass nextCursor exactly as it was returned", cause);
    }
}
