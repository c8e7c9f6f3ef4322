package dev.onward.server.cli;

import dev.onward.definition.FlowError;
import dev.onward.definition.FlowFormatException;
import dev.onward.server.storage.FlowFolder;
import dev.onward.server.storage.StorageException;
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
        } catch (StorageException e) {
            return List.of(CheckResult.ill("flows: " + e.getMessage()));
        }
    }
}
