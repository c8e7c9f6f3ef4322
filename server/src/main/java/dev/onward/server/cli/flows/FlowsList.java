package dev.onward.server.cli.flows;

import dev.onward.definition.FlowDefinition;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowUnusableException;
import dev.onward.jdbc.Database;
import dev.onward.publishing.FlowStore;
import dev.onward.publishing.FlowVersions;
import dev.onward.publishing.Release;
import dev.onward.publishing.StoredVersion;
import dev.onward.server.cli.Console;
import dev.onward.server.cli.MigratedDatabase;
import dev.onward.server.cli.NumberWords;
import dev.onward.server.config.DatabaseAccess;
import java.util.List;

/** Lists the published flows. */
record FlowsList(Console console) {

    int run(DatabaseAccess access) {
        List<String> lines = MigratedDatabase.with(access, FlowsList::lines);
        lines.forEach(console.out()::println);
        if (lines.isEmpty()) {
            console.out().println("No flow is published yet. The first start publishes genesis.");
        }
        return 0;
    }

    private static List<String> lines(Database database) {
        return database.flows().all().stream().map(flow -> line(database, flow)).toList();
    }

    private static String line(Database database, FlowVersions flow) {
        int newest = flow.versions().getLast().number();
        String line = flow.flow() + ": " + title(database.flows(), flow) + "; version " + flow.current()
                + (flow.current() == newest ? "" : " of " + newest)
                + origin(flow);
        return line
                + database.releases()
                        .newest(flow.flow())
                        .map(FlowsList::release)
                        .orElse("");
    }

    private static String origin(FlowVersions flow) {
        if (!flow.fromFile()) {
            return "";
        }
        FlowDefinition builtIn = FlowDefinition.builtIn();
        boolean isBuiltIn = flow.flow().equals(builtIn.flow().id())
                && flow.versions().stream()
                        .anyMatch(version -> version.number() == flow.current()
                                && version.hash().equals(builtIn.hash()));
        return isBuiltIn ? ", built in" : ", from a file";
    }

    private static String title(FlowStore flows, FlowVersions flow) {
        try {
            return flows.version(flow.flow(), flow.current())
                    .map(StoredVersion::read)
                    .map(Flow::title)
                    .orElse("not there");
        } catch (FlowUnusableException e) {
            return "cannot be served! " + e.getMessage();
        }
    }

    private static String release(Release release) {
        String sessions = NumberWords.count(release.moved(), "session") + " moved";
        if (release.finishedAt().isEmpty()) {
            return "; rolling out, " + sessions + " so far"
                    + (release.leftBehind() == 0 ? "" : ", " + NumberWords.number(release.leftBehind()) + " not");
        }
        return release.moved() + release.leftBehind() == 0
                ? ""
                : "; rolled out, " + sessions + ", " + NumberWords.number(release.leftBehind()) + " kept their version";
    }
}
