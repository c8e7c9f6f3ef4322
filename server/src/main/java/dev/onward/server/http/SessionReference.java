package dev.onward.server.http;

import dev.onward.model.OnboardingException.InvalidField;
import java.util.Optional;
import java.util.Set;

/**
 * Which session a call is about.
 *
 * @param said what {@code session_id} and the header say, which is the same
 * @param cookies what the cookies say; where something is said, one of them says it too
 */
record SessionReference(Optional<String> said, Set<String> cookies) {

    /**
     * The one session that is named, if any.
     *
     * @throws InvalidField where the cookies of two flows name two
     */
    Optional<String> one() {
        if (said.isEmpty() && cookies.size() > 1) {
            throw new InvalidField(
                    "flow", "is missing: this browser has sessions of more than one flow. Name the flow");
        }
        return said.or(() -> cookies.stream().findFirst());
    }

    boolean names(String sessionId) {
        return said.map(sessionId::equals).orElseGet(() -> cookies.contains(sessionId));
    }
}
