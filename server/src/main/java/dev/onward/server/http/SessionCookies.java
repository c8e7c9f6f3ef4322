package dev.onward.server.http;

import dev.onward.server.config.Mode;
import dev.onward.session.Session;
import io.helidon.http.SetCookie;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The cookies in which a browser keeps its sessions, one for each flow. Scripts never see them. */
final class SessionCookies {
    static final String PREFIX = "onward_";

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Pattern FITS = Pattern.compile("[A-Za-z0-9._~-]+");

    private final boolean secure;

    SessionCookies(Mode mode) {
        this.secure = mode == Mode.PUBLIC;
    }

    static String name(String flow) {
        return PREFIX + flow;
    }

    /** The cookie that names a session; none where other software gave it an id that does not fit into one. */
    Optional<SetCookie> of(Session session) {
        if (!FITS.matcher(session.id()).matches()) {
            return Optional.empty();
        }
        return Optional.of(SetCookie.builder(name(session.flow()), session.id())
                .httpOnly(true)
                .secure(secure)
                .sameSite(SetCookie.SameSite.LAX)
                .path("/")
                .maxAge(KEPT)
                .build());
    }
}
