package dev.onward.web.response;

import dev.onward.session.ClaimResult;
import java.util.List;
import java.util.Optional;

/** The response to {@code claim}. */
public record ClaimResponse(
        String outcome, Optional<String> superseded, List<String> merged, List<String> left, SessionResponse session) {

    public static ClaimResponse of(ClaimResult claimed) {
        return new ClaimResponse(
                claimed.result().code(),
                claimed.superseded(),
                claimed.merged(),
                claimed.left(),
                SessionResponse.of(claimed.onboarding()));
    }
}
