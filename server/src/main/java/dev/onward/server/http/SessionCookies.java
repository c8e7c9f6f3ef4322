package dev.onward.server.http;

import dev.onward.retention.SessionLifetime;
import dev.onward.server.config.Mode;
import dev.onward.session.Journey;
import io.helidon.http.SetCookie;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookies in which a browser keeps its sessions, one for each flow. Scripts never see them. A cookie lives as long as
 * the session that it names, and every answer to a call that it names renews it.
 */
final class SessionCookies {
    static final String PREFIX = "onward_";

    /** Browsers keep no cookie longer (RFC 6265bis), so a session that stays forever is renewed by use. */
    static final Duration LONGEST = Duration.ofDays(400);

    private static final Pattern FITS = Pattern.compile("[A-Za-z0-9._~-]+");

    private final boolean secure;
    private final SessionLifetime lifetime;
    private final InstantSource clock;

    SessionCookies(Mode mode, SessionLifetime lifetime, InstantSource clock) {
        this.secure = mode == Mode.PUBLIC;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    static String name(String flow) {
        return PREFIX + flow;
    }

    /** Names a session to a person who is active in it; none where other software gave it an id that does not fit. */
    Optional<SetCookie> naming(Journey journey) {
        return cookie(journey, lifetime.afterActivity(journey));
    }

    /** Renews the cookie of a call whose person is active in the session; none where no cookie of the call names it. */
    Optional<SetCookie> renewed(Call call, Journey journey) {
        return names(call, journey) ? naming(journey) : Optional.empty();
    }

    /** Renews the cookie of a call that only asks about the session, which does not keep it from being deleted. */
    Optional<SetCookie> renewedByStatus(Call call, Journey journey) {
        return names(call, journey) ? cookie(journey, lifetime.remaining(journey, clock.instant())) : Optional.empty();
    }

    private static boolean names(Call call, Journey journey) {
        return call.hasCookies()
                && call.cookie(name(journey.session().flow()))
                        .contains(journey.session().id());
    }

    private Optional<SetCookie> cookie(Journey journey, Optional<Duration> age) {
        String id = journey.session().id();
        if (!FITS.matcher(id).matches()) {
            return Optional.empty();
        }
        return Optional.of(SetCookie.builder(name(journey.session().flow()), id)
                .httpOnly(true)
                .secure(secure)
                .sameSite(SetCookie.SameSite.LAX)
                .path("/")
                .maxAge(age.filter(time -> time.compareTo(LONGEST) < 0).orElse(LONGEST))
                .build());
    }
}
