package dev.onward.web.session;

import dev.onward.web.problem.ApiException;
import java.util.Optional;
import java.util.Set;

/**
 * The session that a request is about.
 *
 * @param said the id in {@code session_id} and in the header, which agree
 * @param cookies the ids in the cookies; if {@code said} and cookies are present, one of the cookies agrees
 */
public record SessionReference(Optional<String> said, Set<String> cookies) {

    /**
     * The one session that is named, if any.
     *
     * @throws ApiException where the cookies of two flows name two
     */
    public Optional<String> one() {
        if (said.isEmpty() && cookies.size() > 1) {
            throw ApiException.invalidField(
                    "flow", "is required: this browser has sessions of more than one flow, so name the flow");
        }
        return said.or(() -> cookies.stream().findFirst());
    }

    public boolean names(String sessionId) {
        return said.map(sessionId::equals).orElseGet(() -> cookies.contains(sessionId));
    }
}
