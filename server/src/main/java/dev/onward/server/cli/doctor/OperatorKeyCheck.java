package dev.onward.server.cli.doctor;

import dev.onward.server.config.Settings;
import dev.onward.server.storage.OperatorKeyFile;
import java.util.Optional;

/** Checks that an operator's key exists and is readable by its owner only. */
record OperatorKeyCheck(Settings settings) {

    CheckResult finding() {
        if (settings.operatorKey().isPresent()) {
            return CheckResult.ok("operator's key: from the settings");
        }
        Optional<OperatorKeyFile> file = OperatorKeyFile.of(settings.database());
        return file.map(OperatorKeyCheck::finding)
                .orElseGet(() -> CheckResult.problem("operator's key: none, so operator calls are rejected."
                        + " Set ONWARD_OPERATOR_KEY to the output of: openssl rand -hex 32"));
    }

    private static CheckResult finding(OperatorKeyFile file) {
        if (!file.exists()) {
            return CheckResult.ok("operator's key: the first start generates it in " + file.path());
        }
        return file.readableByOthers()
                ? CheckResult.problem("operator's key: other users can read it. Run: chmod 600 " + file.path())
                : CheckResult.ok("operator's key: in " + file.path() + ", readable by its owner only");
    }
}
