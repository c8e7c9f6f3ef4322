package dev.onward.server.ops;

import dev.onward.web.response.ReadinessResponse.ReadinessPart;
import java.util.Map;
import java.util.stream.Collectors;

/** The identity providers, as a part of readiness. */
public final class IdentityProviders {
    private IdentityProviders() {}

    /**
     * Always ready, because a provider's outage must not take all servers out of service.
     *
     * @param failures why keys cannot be read, by issuer
     */
    public static ReadinessPart part(Map<String, String> failures) {
        String detail = failures.isEmpty()
                ? "their keys are known"
                : failures.entrySet().stream()
                        .map(failure -> "the keys of " + failure.getKey() + " cannot be read: " + failure.getValue())
                        .collect(Collectors.joining("; "));
        return new ReadinessPart("identity", true, detail);
    }
}
