package dev.onward.server.cli;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowFormatException;
import dev.onward.server.storage.FlowFile;
import java.util.List;

/** Tells all that is wrong with flow files. It needs no database, so that a team can check its flows in its own CI. */
record FlowsCheck(Console console) {

    int run(List<String> files) {
        return files.stream().filter(file -> !isGood(file)).count() == 0 ? 0 : 1;
    }

    private boolean isGood(String file) {
        try {
            Flow flow = FlowFile.read(console.folder().resolve(file), file).flow();
            console.out()
                    .println(file + ": " + flow.id() + " is fine, "
                            + Words.count(flow.steps().size(), "step") + ".");
            return true;
        } catch (FlowFormatException e) {
            e.errors().forEach(error -> console.err().println(error.text()));
            return false;
        }
    }
}
