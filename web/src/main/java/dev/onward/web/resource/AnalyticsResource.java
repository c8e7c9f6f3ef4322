package dev.onward.web.resource;

import dev.onward.analytics.AnalyticsStore;
import dev.onward.session.LongRead;
import dev.onward.web.http.Response;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.AnalyticsResponse;

/** The statistics: how many sessions start, complete and drop off, and where. */
public final class AnalyticsResource {
    private final AnalyticsStore analytics;

    public AnalyticsResource(AnalyticsStore analytics) {
        this.analytics = analytics;
    }

    public Response read(RoutedRequest request) {
        return Response.json(AnalyticsResponse.of(analytics.figures(LongRead.forServing(request::clientGone))));
    }
}
