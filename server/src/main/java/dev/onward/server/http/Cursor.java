package dev.onward.server.http;

import dev.onward.session.OnboardingException.InvalidField;
import dev.onward.session.Position;
import dev.onward.session.Text;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page of the list ends, as text that means nothing to clients. */
final class Cursor {
    private static final char BETWEEN = ' ';

    private Cursor() {}

    static String of(Position position) {
        String text = position.createdAt().toString() + BETWEEN + position.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidField naming {@code cursor} where it is none of ours */
    static Position parse(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int end = text.indexOf(BETWEEN);
            return new Position(
                    Times.parse(text.substring(0, Math.max(end, 0))).orElseThrow(Cursor::foreign),
                    Text.requireId("cursor", text.substring(end + 1)));
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    private static InvalidField foreign() {
        return new InvalidField("cursor", "is not one that was answered here: leave it out to begin anew");
    }
}
