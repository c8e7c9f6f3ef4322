package dev.onward.server.http;

import dev.onward.analytics.AnalyticsStore;
import dev.onward.server.http.connection.Caller;
import dev.onward.session.LongRead;

/** How many start, finish and drop off, and where. */
final class AnalyticsResource {
    private final AnalyticsStore analytics;

    AnalyticsResource(AnalyticsStore analytics) {
        this.analytics = analytics;
    }

    Answer read(Call call) {
        return Answer.json(AnalyticsView.of(analytics.figures(LongRead.forServing(Caller.current()::gone))));
    }
}
