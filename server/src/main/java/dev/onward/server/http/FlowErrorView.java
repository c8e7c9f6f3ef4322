package dev.onward.server.http;

import dev.onward.flow.FlowError;
import java.util.Optional;

/** One thing that is wrong with a definition. */
record FlowErrorView(Optional<Integer> line, String key, String detail) {
    static FlowErrorView of(FlowError error) {
        return new FlowErrorView(error.line().stream().boxed().findFirst(), error.key(), error.detail());
    }
}
