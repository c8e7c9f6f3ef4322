package dev.onward.server.cli;

import dev.onward.flow.FlowError;
import dev.onward.flow.FlowFormatException;
import dev.onward.server.storage.FlowFolder;
import dev.onward.server.storage.StorageException;
import java.nio.file.Path;
import java.util.List;

/** Whether the folder of flow files can be published. */
record FlowFolderCheck(Path folder) {

    List<Finding> findings() {
        try {
            int files = new FlowFolder(folder).read().size();
            return List.of(Finding.well("flows: " + Words.count(files, "file") + " in " + folder + ", all fine"));
        } catch (FlowFormatException e) {
            return e.errors().stream()
                    .map(FlowError::text)
                    .map(text -> Finding.ill("flows: " + text))
                    .toList();
        } catch (StorageException e) {
            return List.of(Finding.ill("flows: " + e.getMessage()));
        }
    }
}
