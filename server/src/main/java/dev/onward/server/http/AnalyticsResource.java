package dev.onward.server.http;

import dev.onward.analytics.AnalyticsStore;
import dev.onward.server.http.connection.RequestClient;
import dev.onward.session.LongRead;

/** How many start, finish and drop off, and where. */
final class AnalyticsResource {
    private final AnalyticsStore analytics;

    AnalyticsResource(AnalyticsStore analytics) {
        this.analytics = analytics;
    }

    Response read(Request call) {
        return Response.json(
                AnalyticsResponse.of(analytics.figures(LongRead.forServing(RequestClient.current()::gone))));
    }
}
