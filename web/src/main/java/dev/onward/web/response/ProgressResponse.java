package dev.onward.web.response;

import dev.onward.flow.VisibleSteps;
import dev.onward.model.Progress;

/** The number of visible steps, and how many of them are done. */
public record ProgressResponse(int done, int total) {
    public static ProgressResponse of(Progress progress) {
        return new ProgressResponse(progress.done(), progress.total());
    }

    public static ProgressResponse of(VisibleSteps visibleSteps) {
        return new ProgressResponse(
                visibleSteps.done().size(), visibleSteps.steps().size());
    }
}
