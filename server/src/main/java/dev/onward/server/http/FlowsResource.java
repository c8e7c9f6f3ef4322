package dev.onward.server.http;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishResult;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.publishing.FlowStore;
import dev.onward.publishing.FlowVersions;
import dev.onward.publishing.PublishPreview;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.publishing.ReleaseStore;
import dev.onward.publishing.StoredVersion;
import dev.onward.server.http.connection.RequestClient;
import dev.onward.session.LongRead;
import dev.onward.transition.TextRules;
import java.util.Optional;

/** The flows, and publishing them. */
final class FlowsResource {
    private static final int HIGHEST = 999_999_999;

    private final PublishedFlowCatalog flows;
    private final FlowStore store;
    private final ReleaseStore releases;
    private final Publisher publisher;
    private final DryRun dryRun;

    FlowsResource(ApiServices services) {
        this.flows = services.flows();
        this.store = services.flowStore();
        this.releases = services.releases();
        this.publisher = services.publisher();
        this.dryRun = services.dryRun();
    }

    Response list(Request call) {
        return Response.json(FlowListResponse.of(flows.all()));
    }

    Response read(Request call) {
        FlowVersions flow = Optional.of(call.parameter("flow"))
                .filter(TextRules::wellFormed)
                .flatMap(store::find)
                .orElseThrow(FlowsResource::notFound);
        int number = call.query().number("version", 1, HIGHEST, flow.current());
        StoredVersion version = store.version(flow.flow(), number).orElseThrow(FlowsResource::notFound);
        version.requireIntact();
        return Response.json(FlowResponse.of(flow, releases.newest(flow.flow()), version));
    }

    Response publish(Request call) {
        PublishMode mode =
                call.query().flag("make_current").orElse(false) ? PublishMode.MAKE_CURRENT : PublishMode.PUBLISH;
        boolean dry = call.query().flag("dry_run").orElse(false);
        FlowDefinition definition = call.definition().of(call.parameter("flow"));
        if (dry) {
            PublishPreview preview =
                    dryRun.of(definition, mode, PublishOrigin.API, LongRead.forServing(RequestClient.current()::gone));
            refuseFile(preview.published());
            return Response.json(PublishResponse.of(preview, definition));
        }
        PublishReport published = publisher.publish(definition, mode, PublishOrigin.API);
        refuseFile(published);
        flows.refresh();
        return Response.json(PublishResponse.of(published, definition));
    }

    private static void refuseFile(PublishReport published) {
        if (published.result() == PublishResult.FROM_FILE) {
            throw new ApiException(
                    ProblemCode.FLOW_FROM_FILE,
                    "This flow is built in or comes from a server's file, so it cannot be changed here. Change the file"
                            + " in the --flows folder, or add one there, then restart the servers.");
        }
    }

    private static ApiException notFound() {
        return new ApiException(
                ProblemCode.FLOW_NOT_FOUND,
                "The flow, or this version of it, does not exist. GET /api/onboarding/flows lists all.");
    }
}
