package dev.onward.web.response;

import dev.onward.model.FlowError;
import java.util.Optional;

/** An error in a flow definition. */
public record FlowErrorResponse(Optional<Integer> line, String key, String detail) {
    public static FlowErrorResponse of(FlowError error) {
        return new FlowErrorResponse(error.line().stream().boxed().findFirst(), error.key(), error.detail());
    }
}
