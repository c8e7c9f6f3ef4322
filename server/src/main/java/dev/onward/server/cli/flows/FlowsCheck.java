package dev.onward.server.cli.flows;

import dev.onward.definition.FlowCheck;
import dev.onward.definition.FlowDefinition;
import dev.onward.publishing.FlowFile;
import dev.onward.server.cli.Console;
import dev.onward.server.cli.NumberWords;
import java.util.List;

/** Prints all errors and warnings of flow files. It needs no database, so a team can check its flows in CI. */
record FlowsCheck(Console console) {

    int run(List<String> files) {
        return files.stream().filter(file -> !isGood(file)).count() == 0 ? 0 : 1;
    }

    private boolean isGood(String file) {
        FlowCheck check = FlowFile.check(console.folder().resolve(file), file);
        check.errors().forEach(error -> console.err().println(error.text()));
        check.warnings().forEach(warning -> console.err().println(warning.warning()));
        check.definition()
                .map(FlowDefinition::flow)
                .ifPresent(flow -> console.out()
                        .println(file + ": " + flow.id() + " is valid, "
                                + NumberWords.count(flow.steps().size(), "step")
                                + (check.warnings().isEmpty()
                                        ? ""
                                        : ", "
                                                + NumberWords.count(
                                                        check.warnings().size(), "warning"))
                                + "."));
        return check.definition().isPresent();
    }
}
