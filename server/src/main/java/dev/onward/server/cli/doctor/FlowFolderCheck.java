package dev.onward.server.cli.doctor;

import dev.onward.model.FlowError;
import dev.onward.model.OnboardingException.InvalidFlow;
import dev.onward.publishing.FlowFolder;
import dev.onward.server.cli.NumberWords;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Checks that the folder's flow files can be published. */
record FlowFolderCheck(Path folder) {

    List<CheckResult> findings() {
        try {
            int files = new FlowFolder(folder).read().size();
            return List.of(
                    CheckResult.ok("flows: " + NumberWords.count(files, "file") + " in " + folder + ", all valid"));
        } catch (InvalidFlow e) {
            return e.errors().stream()
                    .map(FlowError::text)
                    .map(text -> CheckResult.problem("flows: " + text))
                    .toList();
        } catch (UncheckedIOException e) {
            return List.of(
                    CheckResult.problem("flows: " + e.getMessage() + " Create it, or set another with --flows."));
        }
    }
}
