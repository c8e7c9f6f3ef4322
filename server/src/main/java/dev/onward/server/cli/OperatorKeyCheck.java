package dev.onward.server.cli;

import dev.onward.server.config.Settings;
import dev.onward.server.storage.OperatorKeyFile;
import java.util.Optional;

/** Whether there is an operator's key, and nobody else can read it. */
record OperatorKeyCheck(Settings settings) {

    CheckResult finding() {
        if (settings.operatorKey().isPresent()) {
            return CheckResult.well("operator's key: from the settings");
        }
        Optional<OperatorKeyFile> file = OperatorKeyFile.of(settings.database());
        return file.map(OperatorKeyCheck::finding)
                .orElseGet(() -> CheckResult.ill("operator's key: none, so operator calls are rejected."
                        + " Set ONWARD_OPERATOR_KEY to the output of: openssl rand -hex 32"));
    }

    private static CheckResult finding(OperatorKeyFile file) {
        if (!file.exists()) {
            return CheckResult.well("operator's key: the first start generates it in " + file.path());
        }
        return file.openToOthers()
                ? CheckResult.ill("operator's key: other users can read it. Run: chmod 600 " + file.path())
                : CheckResult.well("operator's key: in " + file.path() + ", readable by its owner only");
    }
}
