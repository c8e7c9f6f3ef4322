package dev.onward.server.http;

import dev.onward.flow.VisibleSteps;
import dev.onward.model.Progress;

/** How many of the steps that a person is led past are done. */
record ProgressResponse(int done, int total) {
    static ProgressResponse of(Progress progress) {
        return new ProgressResponse(progress.done(), progress.total());
    }

    static ProgressResponse of(VisibleSteps visibleSteps) {
        return new ProgressResponse(
                visibleSteps.done().size(), visibleSteps.steps().size());
    }
}
