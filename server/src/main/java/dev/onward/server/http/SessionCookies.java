package dev.onward.server.http;

import dev.onward.retention.SessionLifetime;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.web.access.Mode;
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

    private final AccessPolicy access;
    private final ClaimSecretGuard secrets;
    private final SessionLifetime lifetime;
    private final InstantSource clock;

    SessionCookies(AccessPolicy access, ClaimSecretGuard secrets, SessionLifetime lifetime, InstantSource clock) {
        this.access = access;
        this.secrets = secrets;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Names a session to a person who is active in it; nothing where other software gave it an id that does not fit. */
    Optional<ResponseCookie> naming(Onboarding onboarding) {
        return cookie(onboarding, lifetime.afterActivity(onboarding));
    }

    /** Renews the cookie of a call whose person is active in the session; nothing where no cookie of the call names it. */
    Optional<ResponseCookie> renewed(Request call, Onboarding onboarding) {
        return names(call, onboarding.session()) ? naming(onboarding) : Optional.empty();
    }

    /** Renews the cookie of a call that only asks about the session, which does not keep it from being deleted. */
    Optional<ResponseCookie> renewedByStatus(Request call, Onboarding onboarding) {
        return names(call, onboarding.session())
                ? cookie(onboarding, lifetime.remaining(onboarding, clock.instant()))
                : Optional.empty();
    }

    private static boolean names(Request call, Session session) {
        return RequestCookie.in(call, session.flow()).stream()
                .anyMatch(cookie -> cookie.id().equals(session.id()));
    }

    private static Optional<ResponseCookie> cookie(Onboarding onboarding, Optional<Duration> lifetime) {
        Session session = onboarding.session();
        Duration age = lifetime.filter(time -> time.compareTo(LONGEST) < 0).orElse(LONGEST);
        return FITS.matcher(session.id()).matches()
                ? Optional.of(new ResponseCookie(session.flow(), session.id(), age, session.claimSecret()))
                : Optional.empty();
    }

    /** What the browser of a caller is told who may use the session; where it has a cookie of the other name, that ends. */
    List<SetCookie> toSet(Request call, ResponseCookie cookie) {
        boolean https = access.overHttps(call);
        String plain = RequestCookie.plainName(cookie.flow());
        String host = RequestCookie.hostName(cookie.flow());
        String value = RequestCookie.value(cookie.id(), secrets.secret(call, cookie));
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
