package dev.onward.publishing;

import dev.onward.definition.FlowDefinition;
import dev.onward.flow.Flow;
import dev.onward.flow.InFlightPolicy;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.session.LongRead;
import dev.onward.session.VersionUpgrader;
import java.util.ArrayList;
import java.util.List;

/** Reports what publishing a definition would do, without changing anything. Thread-safe. */
public final class DryRun {
    /** The maximum number of sessions to check; a sample is enough for more. */
    private static final int MAX_SAMPLE = 5_000;

    private static final int MAX_IDS = 1_000;

    private final FlowStore flows;
    private final ReleaseStore releases;
    private final VersionUpgrader change;

    public DryRun(FlowStore flows, ReleaseStore releases, VersionUpgrader change) {
        this.flows = flows;
        this.releases = releases;
        this.change = change;
    }

    /** Checks the open sessions of the flow; if there are very many, an evenly spread sample. */
    public PublishPreview of(FlowDefinition definition, PublishMode mode, PublishOrigin origin, LongRead read) {
        return of(definition, mode, origin, read, MAX_SAMPLE);
    }

    PublishPreview of(FlowDefinition definition, PublishMode mode, PublishOrigin origin, LongRead read, int maxSample) {
        FlowPublication publication = new FlowPublication(definition, mode, "");
        PublishReport published = publication.decide(flows.find(publication.flow()), origin);
        Flow to = definition.flow().atVersion(published.version());
        ReleaseStore.Sample sample = concerns(published.result())
                ? releases.sample(ReleaseStore.OutdatedSessions.by(to.id(), to.version()), maxSample, read)
                : new ReleaseStore.Sample(0, List.of());
        Tally tally = new Tally(to);
        sample.chosen().forEach(tally::add);
        return new PublishPreview(
                published,
                to.inFlight(),
                sample.sessions(),
                sample.chosen().size(),
                tally.clean,
                tally.unmapped,
                tally.unmappedIds);
    }

    /** Also true for the current version: its unmapped sessions are those that its release left behind. */
    private static boolean concerns(PublishResult result) {
        return switch (result) {
            case PUBLISHED, MADE_CURRENT, UNCHANGED -> true;
            case NOT_CURRENT, FROM_FILE -> false;
        };
    }

    private final class Tally {
        private final Flow to;
        private final List<String> unmappedIds = new ArrayList<>();
        private long clean;
        private long unmapped;

        private Tally(Flow to) {
            this.to = to;
        }

        private void add(OpenSession one) {
            switch (to.inFlight()) {
                case InFlightPolicy.PinSessions() -> {}
                case InFlightPolicy.MigrateSessions migrate -> move(one);
                case InFlightPolicy.RestartSessions() -> move(one);
                case InFlightPolicy.ExitSessions() -> move(one);
            }
        }

        private void move(OpenSession one) {
            if (one.session().filter(session -> change.fits(session, to)).isPresent()) {
                clean++;
                return;
            }
            unmapped++;
            if (unmappedIds.size() < MAX_IDS) {
                unmappedIds.add(one.position().id());
            }
        }
    }
}
