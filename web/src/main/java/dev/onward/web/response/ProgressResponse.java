package dev.onward.web.response;

import dev.onward.flow.VisibleSteps;

/** How many of the steps that a person is led past are done. */
public record ProgressResponse(int done, int total) {
    public static ProgressResponse of(VisibleSteps visibleSteps) {
        return new ProgressResponse(
                visibleSteps.done().size(), visibleSteps.steps().size());
    }
}
