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
 * The cookies that store a browser's sessions, one for each flow. Scripts cannot read them. A cookie lives as long as
 * its session, and each response to a request that uses it renews it. <p>Over HTTPS a cookie has the prefix {@code
 * __Host-}, so that no other host of the domain and no plain connection can set it. A cookie without the prefix is read
 * if there is none with it, and is replaced.
 */
public final class SessionCookies {
    /**
     * The maximum lifetime in browsers (RFC 6265bis). The cookie of a session that is kept forever is renewed by use.
     */
    public static final Duration MAX_AGE = Duration.ofDays(400);

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

    /**
     * The cookie of a session that its user works on; empty if other software gave it an id that does not fit into a
     * cookie.
     */
    public Optional<SessionCookie> naming(Onboarding onboarding) {
        return cookie(onboarding, lifetime.afterActivity(onboarding));
    }

    /** Renews the cookie of a session that its user works on; empty if the request has no cookie for it. */
    public Optional<SessionCookie> renewed(RoutedRequest request, Onboarding onboarding) {
        return names(request, onboarding.session()) ? naming(onboarding) : Optional.empty();
    }

    /** Renews the cookie for a status request, which does not extend the session's retention. */
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
        Duration age = lifetime.filter(time -> time.compareTo(MAX_AGE) < 0).orElse(MAX_AGE);
        return FITS.matcher(session.id()).matches()
                ? Optional.of(new SessionCookie(session.flow(), session.id(), age, session.claimSecret()))
                : Optional.empty();
    }

    /**
     * The cookies to set for a caller with access to the session. They include the deletion of a cookie with the other
     * name.
     */
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
