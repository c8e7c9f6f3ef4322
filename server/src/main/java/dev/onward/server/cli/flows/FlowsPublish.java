package dev.onward.server.cli.flows;

import dev.onward.definition.FlowCheck;
import dev.onward.definition.FlowDefinition;
import dev.onward.flow.InFlightPolicy;
import dev.onward.jdbc.Database;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.FlowFile;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.publishing.FlowVersions;
import dev.onward.publishing.PublishPreview;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.server.cli.Console;
import dev.onward.server.cli.MigratedDatabase;
import dev.onward.server.cli.NumberWords;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.session.LongRead;
import dev.onward.session.VersionUpgrader;
import dev.onward.transition.IdGenerator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Publishes a flow file, or prints what publishing would do. */
record FlowsPublish(Console console, boolean dryRun, boolean makeCurrent) {

    int run(DatabaseAccess access, String file) {
        FlowCheck check = FlowFile.check(console.folder().resolve(file), file);
        FlowDefinition definition = check.orElseThrow();
        check.warnings().forEach(warning -> console.err().println(warning.warning()));
        List<String> lines = MigratedDatabase.with(
                access, database -> dryRun ? preview(database, definition) : publish(database, definition));
        lines.forEach(console.out()::println);
        return 0;
    }

    private List<String> publish(Database database, FlowDefinition definition) {
        PublishReport published = new Publisher(database.flows(), InstantSource.system(), IdGenerator.random())
                .publish(definition, mode(), PublishOrigin.COMMAND);
        List<String> lines = new ArrayList<>(List.of(describe(published)));
        if (published.result().releases()) {
            if (database.releases()
                    .newest(published.flow())
                    .filter(release -> release.finishedAt().isEmpty())
                    .isPresent()) {
                lines.add("Running servers are moving the open sessions. To see the progress: ./onward flows list");
            }
            database.flows()
                    .find(published.flow())
                    .filter(FlowVersions::fromFile)
                    .ifPresent(flow -> lines.add("This flow comes from a server's file: change that file too."));
        }
        return lines;
    }

    private PublishMode mode() {
        return makeCurrent ? PublishMode.MAKE_CURRENT : PublishMode.PUBLISH;
    }

    private String describe(PublishReport published) {
        String flow = published.flow() + ": ";
        int version = published.version();
        return flow
                + switch (published.result()) {
                    case PUBLISHED ->
                        dryRun
                                ? "this would be version " + version + ", and current."
                                : "version " + version + " is published and current.";
                    case MADE_CURRENT ->
                        dryRun
                                ? "version " + version + " would be current again."
                                : "version " + version + " is current again.";
                    case UNCHANGED -> "this is version " + version + ", which is already current: nothing to change.";
                    case NOT_CURRENT ->
                        "this is version " + version + ", and version " + published.current()
                                + " stays current. To go back, add --make-current.";
                    case FROM_FILE -> "it comes from a server's file.";
                };
    }

    private List<String> preview(Database database, FlowDefinition definition) {
        PublishedFlowCatalog flows = new PublishedFlowCatalog(database.flows(), System::nanoTime, _ -> {});
        VersionUpgrader change =
                new VersionUpgrader(flows, database.sessions(), InstantSource.system(), IdGenerator.random());
        PublishPreview preview = new DryRun(database.flows(), database.releases(), change)
                .of(definition, mode(), PublishOrigin.COMMAND, LongRead.forWork());
        List<String> lines = new ArrayList<>(List.of(describe(preview.published()), sessions(preview)));
        preview.unmappedIds().forEach(id -> lines.add("  " + id));
        long more = preview.unmapped() - preview.unmappedIds().size();
        if (more > 0) {
            lines.add("  and " + NumberWords.number(more) + " more");
        }
        return lines;
    }

    private static String sessions(PublishPreview preview) {
        String sessions = NumberWords.count(preview.sessions(), "session");
        if (preview.sessions() == 0) {
            return "No open session is on another version.";
        }
        return switch (preview.inFlight()) {
            case InFlightPolicy.PinSessions() -> sessions + ": they keep their versions.";
            case InFlightPolicy.RestartSessions() -> sessions + ": new sessions would replace them.";
            case InFlightPolicy.ExitSessions() -> sessions + ": they would be dismissed.";
            case InFlightPolicy.MigrateSessions migrate ->
                sessions + looked(preview) + ": " + NumberWords.number(preview.clean()) + " clean, "
                        + NumberWords.number(preview.unmapped()) + " unmapped" + (preview.unmapped() == 0 ? "." : ":");
        };
    }

    private static String looked(PublishPreview preview) {
        return preview.lookedAt() == preview.sessions()
                ? ""
                : ", " + NumberWords.number(preview.lookedAt()) + " of them examined, from the oldest to the newest";
    }
}
