package dev.onward.web.resource;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.publishing.FlowStore;
import dev.onward.publishing.FlowVersions;
import dev.onward.publishing.PublishPreview;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.publishing.ReleaseStore;
import dev.onward.publishing.StoredVersion;
import dev.onward.session.LongRead;
import dev.onward.transition.TextRules;
import dev.onward.web.http.Response;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.FlowListResponse;
import dev.onward.web.response.FlowResponse;
import dev.onward.web.response.PublishResponse;
import java.util.Optional;

/** The flows, and publishing them. */
public final class FlowsResource {
    private static final int MAX_VERSION = 999_999_999;

    private final PublishedFlowCatalog flows;
    private final FlowStore store;
    private final ReleaseStore releases;
    private final Publisher publisher;
    private final DryRun dryRun;

    public FlowsResource(
            PublishedFlowCatalog flows, FlowStore store, ReleaseStore releases, Publisher publisher, DryRun dryRun) {
        this.flows = flows;
        this.store = store;
        this.releases = releases;
        this.publisher = publisher;
        this.dryRun = dryRun;
    }

    public Response list(RoutedRequest request) {
        return Response.json(FlowListResponse.of(flows.all()));
    }

    public Response read(RoutedRequest request) {
        FlowVersions flow = Optional.of(request.parameter("flow"))
                .filter(TextRules::wellFormed)
                .flatMap(store::find)
                .orElseThrow(FlowsResource::notFound);
        int number = request.query().number("version", 1, MAX_VERSION, flow.current());
        StoredVersion version = store.version(flow.flow(), number).orElseThrow(FlowsResource::notFound);
        version.requireIntact();
        return Response.json(FlowResponse.of(flow, releases.newest(flow.flow()), version));
    }

    public Response publish(RoutedRequest request) {
        PublishMode mode =
                request.query().flag("make_current").orElse(false) ? PublishMode.MAKE_CURRENT : PublishMode.PUBLISH;
        boolean dry = request.query().flag("dry_run").orElse(false);
        FlowDefinition definition = request.definition().of(request.parameter("flow"));
        if (dry) {
            PublishPreview preview =
                    dryRun.of(definition, mode, PublishOrigin.API, LongRead.forServing(request::clientGone));
            rejectFileFlow(preview.published());
            return Response.json(PublishResponse.of(preview, definition));
        }
        PublishReport published = publisher.publish(definition, mode, PublishOrigin.API);
        rejectFileFlow(published);
        flows.refresh();
        return Response.json(PublishResponse.of(published, definition));
    }

    private static void rejectFileFlow(PublishReport published) {
        if (published.result() == PublishResult.FROM_FILE) {
            throw new ApiException(
                    ProblemCode.FLOW_FROM_FILE,
                    "This flow is part of Onward or comes from a file of the servers, so it cannot be published here."
                            + " Change the file in the --flows folder, or add one there, and restart the servers.");
        }
    }

    private static ApiException notFound() {
        return new ApiException(
                ProblemCode.FLOW_NOT_FOUND,
                "There is no such flow, or no such version of it. GET /api/onboarding/flows lists the flows.");
    }
}
