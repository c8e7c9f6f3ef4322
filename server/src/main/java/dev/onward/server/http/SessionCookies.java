package dev.onward.server.http;

import dev.onward.retention.SessionLifetime;
import dev.onward.server.config.Mode;
import dev.onward.session.Journey;
import dev.onward.session.Session;
import io.helidon.http.SetCookie;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookies in which a browser keeps its sessions, one for each flow. Scripts never see them. A cookie lives as long as
 * the session that it names, and every answer to a call that it names renews it.
 *
 * <p>Over HTTPS a cookie has the prefix {@code __Host-}, so that no other host of the domain and no plain connection can
 * plant it. A cookie of the other name is read where there is none of this one, and replaced.
 */
final class SessionCookies {
    /** Browsers keep no cookie longer (RFC 6265bis), so a session that stays forever is renewed by use. */
    static final Duration LONGEST = Duration.ofDays(400);

    private static final Pattern FITS = Pattern.compile("[A-Za-z0-9._~-]+");

    private final Access access;
    private final ClaimSecrets secrets;
    private final SessionLifetime lifetime;
    private final InstantSource clock;

    SessionCookies(Access access, ClaimSecrets secrets, SessionLifetime lifetime, InstantSource clock) {
        this.access = access;
        this.secrets = secrets;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Names a session to a person who is active in it; nothing where other software gave it an id that does not fit. */
    Optional<SessionCookie> naming(Journey journey) {
        return cookie(journey, lifetime.afterActivity(journey));
    }

    /** Renews the cookie of a call whose person is active in the session; nothing where no cookie of the call names it. */
    Optional<SessionCookie> renewed(Call call, Journey journey) {
        return names(call, journey.session()) ? naming(journey) : Optional.empty();
    }

    /** Renews the cookie of a call that only asks about the session, which does not keep it from being deleted. */
    Optional<SessionCookie> renewedByStatus(Call call, Journey journey) {
        return names(call, journey.session())
                ? cookie(journey, lifetime.remaining(journey, clock.instant()))
                : Optional.empty();
    }

    private static boolean names(Call call, Session session) {
        return SentCookie.in(call, session.flow()).stream()
                .anyMatch(cookie -> cookie.id().equals(session.id()));
    }

    private static Optional<SessionCookie> cookie(Journey journey, Optional<Duration> lifetime) {
        Session session = journey.session();
        Duration age = lifetime.filter(time -> time.compareTo(LONGEST) < 0).orElse(LONGEST);
        return FITS.matcher(session.id()).matches()
                ? Optional.of(new SessionCookie(session.flow(), session.id(), age, session.claimSecret()))
                : Optional.empty();
    }

    /** What the browser of a caller is told who may use the session; where it has a cookie of the other name, that ends. */
    List<SetCookie> toSet(Call call, SessionCookie cookie) {
        boolean https = access.overHttps(call);
        String plain = SentCookie.plainName(cookie.flow());
        String host = SentCookie.hostName(cookie.flow());
        String value = SentCookie.value(cookie.id(), secrets.secret(call, cookie));
        SetCookie set =
                builder(https ? host : plain, value, https).maxAge(cookie.age()).build();
        String other = https ? plain : host;
        return call.cookie(other).isEmpty()
                ? List.of(set)
                : List.of(set, builder(other, "", !https).expires(Instant.EPOCH).build());
    }

    private SetCookie.Builder builder(String name, String value, boolean secure) {
        return SetCookie.builder(name, value)
                .httpOnly(true)
                .secure(secure || access.mode() == Mode.PUBLIC)
                .sameSite(SetCookie.SameSite.LAX)
                .path("/");
    }
}
