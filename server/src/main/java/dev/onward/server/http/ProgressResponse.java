package dev.onward.server.http;

import dev.onward.flow.VisibleSteps;

/** How many of the steps that a person is led past are done. */
record ProgressResponse(int done, int total) {
    static ProgressResponse of(VisibleSteps visibleSteps) {
        return new ProgressResponse(
                visibleSteps.done().size(), visibleSteps.steps().size());
    }
}
