package dev.onward.server.http;

import dev.onward.flow.Definition;
import dev.onward.flow.FlowStore;
import dev.onward.flow.FlowVersions;
import dev.onward.flow.Publication.Origin;
import dev.onward.flow.Publication.Wish;
import dev.onward.flow.Published;
import dev.onward.flow.PublishedFlows;
import dev.onward.flow.StoredVersion;
import dev.onward.flow.Verdict;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.Preview;
import dev.onward.publishing.Publisher;
import dev.onward.publishing.ReleaseStore;
import dev.onward.server.http.connection.Caller;
import dev.onward.session.LongRead;
import dev.onward.session.Text;
import java.util.Optional;

/** The flows, and publishing them. */
final class FlowsResource {
    private static final int HIGHEST = 999_999_999;

    private final PublishedFlows flows;
    private final FlowStore store;
    private final ReleaseStore releases;
    private final Publisher publisher;
    private final DryRun dryRun;

    FlowsResource(Services services) {
        this.flows = services.flows();
        this.store = services.flowStore();
        this.releases = services.releases();
        this.publisher = services.publisher();
        this.dryRun = services.dryRun();
    }

    Answer list(Call call) {
        return Answer.json(FlowListView.of(flows.all()));
    }

    Answer read(Call call) {
        FlowVersions flow = Optional.of(call.parameter("flow"))
                .filter(Text::wellFormed)
                .flatMap(store::find)
                .orElseThrow(FlowsResource::notFound);
        int number = call.query().number("version", 1, HIGHEST, flow.current());
        StoredVersion version = store.version(flow.flow(), number).orElseThrow(FlowsResource::notFound);
        version.requireIntact();
        return Answer.json(FlowView.of(flow, releases.newest(flow.flow()), version));
    }

    Answer publish(Call call) {
        Wish wish = call.query().flag("make_current").orElse(false) ? Wish.MAKE_CURRENT : Wish.PUBLISH;
        boolean dry = call.query().flag("dry_run").orElse(false);
        Definition definition = call.definition().of(call.parameter("flow"));
        if (dry) {
            Preview preview = dryRun.of(definition, wish, Origin.API, LongRead.forServing(Caller.current()::gone));
            refuseFile(preview.published());
            return Answer.json(PublishedView.of(preview, definition));
        }
        Published published = publisher.publish(definition, wish, Origin.API);
        refuseFile(published);
        flows.refresh();
        return Answer.json(PublishedView.of(published, definition));
    }

    private static void refuseFile(Published published) {
        if (published.verdict() == Verdict.FROM_FILE) {
            throw new Refusal(
                    ProblemCode.FLOW_FROM_FILE,
                    "This flow comes with Onward or from a file of the servers, so it is not changed here. Change the file"
                            + " in the folder of --flows, or put one there, then start the servers again.");
        }
    }

    private static Refusal notFound() {
        return new Refusal(
                ProblemCode.FLOW_NOT_FOUND,
                "There is no such flow, or not in this version. GET /api/onboarding/flows.");
    }
}
