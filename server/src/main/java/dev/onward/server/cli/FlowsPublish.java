package dev.onward.server.cli;

import dev.onward.flow.Definition;
import dev.onward.flow.FlowCheck;
import dev.onward.flow.FlowVersions;
import dev.onward.flow.InFlight;
import dev.onward.flow.Publication.Origin;
import dev.onward.flow.Publication.Wish;
import dev.onward.flow.Published;
import dev.onward.flow.PublishedFlows;
import dev.onward.jdbc.Database;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.Preview;
import dev.onward.publishing.Publisher;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.storage.FlowFile;
import dev.onward.session.Ids;
import dev.onward.session.LongRead;
import dev.onward.session.VersionChange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Publishes a flow file, or says what that would do. */
record FlowsPublish(Console console, boolean dryRun, boolean makeCurrent) {

    int run(DatabaseAccess access, String file) {
        FlowCheck check = FlowFile.check(console.folder().resolve(file), file);
        Definition definition = check.orElseThrow();
        check.warnings().forEach(warning -> console.err().println(warning.warning()));
        List<String> lines = CurrentSchema.with(
                access, database -> dryRun ? preview(database, definition) : publish(database, definition));
        lines.forEach(console.out()::println);
        return 0;
    }

    private List<String> publish(Database database, Definition definition) {
        Published published = new Publisher(database.flows(), InstantSource.system(), Ids.random())
                .publish(definition, wish(), Origin.COMMAND);
        List<String> lines = new ArrayList<>(List.of(told(published)));
        if (published.verdict().releases()) {
            if (database.releases()
                    .newest(published.flow())
                    .filter(release -> release.finishedAt().isEmpty())
                    .isPresent()) {
                lines.add("Running servers move the open sessions now. How far they are says: ./onward flows list");
            }
            database.flows()
                    .find(published.flow())
                    .filter(FlowVersions::fromFile)
                    .ifPresent(flow -> lines.add("A file of the servers defines this flow: change that file too."));
        }
        return lines;
    }

    private Wish wish() {
        return makeCurrent ? Wish.MAKE_CURRENT : Wish.PUBLISH;
    }

    private String told(Published published) {
        String flow = published.flow() + ": ";
        int version = published.version();
        return flow
                + switch (published.verdict()) {
                    case PUBLISHED ->
                        dryRun
                                ? "this would be version " + version + ", and current."
                                : "version " + version + " is published, and current.";
                    case MADE_CURRENT ->
                        dryRun
                                ? "version " + version + " would be current again."
                                : "version " + version + " is current again.";
                    case UNCHANGED -> "this is version " + version + ", which is current: there is nothing to change.";
                    case NOT_CURRENT ->
                        "this is version " + version + ", and version " + published.current()
                                + " stays current. To go back, add --make-current.";
                    case FROM_FILE -> "a file of the servers defines it.";
                };
    }

    private List<String> preview(Database database, Definition definition) {
        PublishedFlows flows = new PublishedFlows(database.flows(), InstantSource.system(), _ -> {});
        VersionChange change = new VersionChange(flows, database.sessions(), InstantSource.system(), Ids.random());
        Preview preview = new DryRun(database.flows(), database.releases(), change)
                .of(definition, wish(), Origin.COMMAND, LongRead.forWork());
        List<String> lines = new ArrayList<>(List.of(told(preview.published()), sessions(preview)));
        preview.unmappedIds().forEach(id -> lines.add("  " + id));
        long more = preview.unmapped() - preview.unmappedIds().size();
        if (more > 0) {
            lines.add("  and " + Words.number(more) + " more");
        }
        return lines;
    }

    private static String sessions(Preview preview) {
        String sessions = Words.count(preview.sessions(), "session");
        if (preview.sessions() == 0) {
            return "No open session is on another version.";
        }
        return switch (preview.inFlight()) {
            case InFlight.Pin() -> sessions + ": they go on with their versions.";
            case InFlight.Restart() -> sessions + ": new ones would begin in their place.";
            case InFlight.Exit() -> sessions + ": they would be dismissed.";
            case InFlight.Migrate migrate ->
                sessions + looked(preview) + ": " + Words.number(preview.clean()) + " clean, "
                        + Words.number(preview.unmapped()) + " unmapped" + (preview.unmapped() == 0 ? "." : ":");
        };
    }

    private static String looked(Preview preview) {
        return preview.lookedAt() == preview.sessions()
                ? ""
                : ", " + Words.number(preview.lookedAt()) + " of them looked at, from the oldest to the newest";
    }
}
