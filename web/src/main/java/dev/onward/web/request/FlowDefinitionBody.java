package dev.onward.web.request;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.FlowError;
import dev.onward.model.OnboardingException.InvalidFlow;
import dev.onward.web.http.Request;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The flow definition in a request body. */
public record FlowDefinitionBody(String text) {
    private static final int MAX_BYTES = 512 * 1024;
    private static final String TOO_LARGE = "The definition is larger than 512 KiB. Shorten it.";
    private static final Set<String> TYPES =
            Set.of("application/json", "application/yaml", "application/x-yaml", "text/yaml");
    private static final String NAME = "body";

    /** @throws ApiException if it is too large, is no text, or has an unsupported content type */
    public static FlowDefinitionBody of(Request request) {
        RequestPayload payload = new RequestPayload(request);
        byte[] bytes = payload.bytes(MAX_BYTES, TOO_LARGE);
        if (bytes.length > 0 && !payload.isOneOf(TYPES)) {
            throw new ApiException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The definition must be YAML or JSON in UTF-8. Send it with \"Content-Type: application/yaml\" or"
                            + " \"application/json\".");
        }
        return new FlowDefinitionBody(RequestPayload.utf8(bytes)
                .orElseThrow(() -> new ApiException(
                        ProblemCode.MALFORMED_JSON, "The definition is not UTF-8. Send it in UTF-8.")));
    }

    /**
     * Parses and reviews the definition.
     *
     * @param flow the flow in the path
     * @throws InvalidFlow with all errors
     */
    public FlowDefinition of(String flow) {
        FlowDefinition definition = FlowDefinition.of(NAME, text);
        String id = definition.flow().id();
        if (!id.equals(flow)) {
            throw new InvalidFlow(List.of(new FlowError(
                    NAME,
                    OptionalInt.empty(),
                    "flow",
                    "is " + id + ", but the address names another flow: use the same")));
        }
        return definition;
    }
}
