package dev.onward.web.session;

import dev.onward.retention.SessionLifetime;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.http.SessionCookie;
import dev.onward.web.http.SetCookie;
import dev.onward.web.request.RequestCookie;
import dev.onward.web.request.RoutedRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookies in which a browser keeps its sessions, one for each flow. Scripts cannot read them. A cookie lives as long
 * as its session, and every response to a request that it names renews it.
 *
 * <p>Over HTTPS a cookie has the prefix {@code __Host-}, so that no other host of the domain and no plain connection can
 * plant it. A cookie with the other name is read if there is none with this one, and is replaced.
 */
public final class SessionCookies {
    /** Browsers keep no cookie longer (RFC 6265bis), so a session that stays forever is renewed by use. */
    public static final Duration LONGEST = Duration.ofDays(400);

    private static final Pattern FITS = Pattern.compile("[A-Za-z0-9._~-]+");

    private final AccessPolicy access;
    private final ClaimSecretGuard secrets;
    private final SessionLifetime lifetime;
    private final InstantSource clock;

    public SessionCookies(
            AccessPolicy access, ClaimSecretGuard secrets, SessionLifetime lifetime, InstantSource clock) {
        this.access = access;
        this.secrets = secrets;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Names a session to a person who is active in it; nothing where other software gave it an id that does not fit. */
    public Optional<SessionCookie> naming(Onboarding onboarding) {
        return cookie(onboarding, lifetime.afterActivity(onboarding));
    }

    /** Renews the cookie of a call whose person is active in the session; nothing where no cookie of the call names it. */
    public Optional<SessionCookie> renewed(RoutedRequest request, Onboarding onboarding) {
        return names(request, onboarding.session()) ? naming(onboarding) : Optional.empty();
    }

    /** Renews the cookie of a call that only asks about the session, which does not keep it from being deleted. */
    public Optional<SessionCookie> renewedByStatus(RoutedRequest request, Onboarding onboarding) {
        return names(request, onboarding.session())
                ? cookie(onboarding, lifetime.remaining(onboarding, clock.instant()))
                : Optional.empty();
    }

    private static boolean names(RoutedRequest request, Session session) {
        return RequestCookie.in(request, session.flow()).stream()
                .anyMatch(cookie -> cookie.id().equals(session.id()));
    }

    private static Optional<SessionCookie> cookie(Onboarding onboarding, Optional<Duration> lifetime) {
        Session session = onboarding.session();
        Duration age = lifetime.filter(time -> time.compareTo(LONGEST) < 0).orElse(LONGEST);
        return FITS.matcher(session.id()).matches()
                ? Optional.of(new SessionCookie(session.flow(), session.id(), age, session.claimSecret()))
                : Optional.empty();
    }

    /** The cookies to set for a caller that may use the session; a cookie of the other name is deleted. */
    public List<SetCookie> toSet(RoutedRequest request, SessionCookie cookie) {
        boolean https = access.overHttps(request);
        String plain = RequestCookie.plainName(cookie.flow());
        String host = RequestCookie.hostName(cookie.flow());
        String value = RequestCookie.value(cookie.id(), secrets.secret(request, cookie));
        SetCookie set = new SetCookie(https ? host : plain, value, cookie.age(), secure(https));
        String other = https ? plain : host;
        return request.cookie(other).isEmpty() ? List.of(set) : List.of(set, SetCookie.deleted(other, secure(!https)));
    }

    private boolean secure(boolean https) {
        return https || access.mode() == Mode.PUBLIC;
    }
}
