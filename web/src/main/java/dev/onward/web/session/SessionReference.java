package dev.onward.web.session;

import dev.onward.web.problem.ApiException;
import java.util.Optional;
import java.util.Set;

/**
 * The session that a request names.
 *
 * @param explicit the id in {@code session_id} or in the header
 * @param cookies the ids in the cookies; if {@code explicit} is present too, one of them agrees
 */
public record SessionReference(Optional<String> explicit, Set<String> cookies) {

    /**
     * The named session, if any.
     *
     * @throws ApiException if the cookies of two flows name different sessions
     */
    public Optional<String> one() {
        if (explicit.isEmpty() && cookies.size() > 1) {
            throw ApiException.invalidField(
                    "flow", "is required: this browser has sessions of more than one flow, so name the flow");
        }
        return explicit.or(() -> cookies.stream().findFirst());
    }

    public boolean names(String sessionId) {
        return explicit.map(sessionId::equals).orElseGet(() -> cookies.contains(sessionId));
    }
}
