package dev.onward.web.request;

import dev.onward.web.http.Request;
import dev.onward.web.problem.ApiException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code If-Match} header, with the revision of the session to change. */
public final class IfMatch {
    private static final String HEADER = "If-Match";
    private static final Pattern TAGS = Pattern.compile("\\s*(W/)?\"([^\"]*)\"\\s*(,|$)");

    /**
     * The entity tag of a revision. A compressing proxy changes the tag: it makes it weak (nginx), or adds a suffix
     * (Apache, Caddy, Jetty).
     */
    private static final Pattern REVISION = Pattern.compile("(0|[1-9][0-9]{0,17})(-{1,2}(gzip|br|zstd|deflate))?");

    private IfMatch() {}

    /** @throws ApiException if the header is present, because the request has no session */
    public static void reject(Request request) {
        if (!request.header(HEADER).isEmpty()) {
            throw ApiException.invalidField(
                    HEADER, "requires a session, and this call names none: name one, or leave this header out");
        }
    }

    /**
     * The accepted revisions; empty if the header is missing. A tag that no session ever has matches none. <p>A weak
     * tag counts as the strong one: a revision is a version of the session, not of the response's bytes.
     *
     * @throws ApiException if the header is invalid
     */
    public static Optional<Set<Long>> revisions(Request request) {
        List<String> lines = request.header(HEADER);
        if (lines.isEmpty() || lines.equals(List.of("*"))) {
            return Optional.empty();
        }
        Set<Long> revisions = new HashSet<>();
        Matcher tags = TAGS.matcher(String.join(",", lines));
        int end = 0;
        while (tags.lookingAt()) {
            Matcher revision = REVISION.matcher(tags.group(2));
            if (revision.matches()) {
                revisions.add(Long.parseLong(revision.group(1)));
            }
            end = tags.end();
            tags.region(end, tags.regionEnd());
        }
        if (end == 0 || tags.regionStart() < tags.regionEnd()) {
            throw ApiException.invalidField(
                    HEADER, "must be a list of entity tags in quotes, such as the ETag you received");
        }
        return Optional.of(revisions);
    }
}
