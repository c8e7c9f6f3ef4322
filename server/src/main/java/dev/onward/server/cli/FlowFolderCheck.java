package dev.onward.server.cli;

import dev.onward.model.FlowError;
import dev.onward.model.FlowFormatException;
import dev.onward.publishing.FlowFolder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Whether the folder of flow files can be published. */
record FlowFolderCheck(Path folder) {

    List<CheckResult> findings() {
        try {
            int files = new FlowFolder(folder).read().size();
            return List.of(
                    CheckResult.well("flows: " + NumberWords.count(files, "file") + " in " + folder + ", all valid"));
        } catch (FlowFormatException e) {
            return e.errors().stream()
                    .map(FlowError::text)
                    .map(text -> CheckResult.ill("flows: " + text))
                    .toList();
        } catch (UncheckedIOException e) {
            return List.of(CheckResult.ill("flows: " + e.getMessage() + " Create it, or set another with --flows."));
        }
    }
}
