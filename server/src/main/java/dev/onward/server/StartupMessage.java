package dev.onward.server;

import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Settings;
import dev.onward.server.storage.OperatorKeyFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The message that a server prints when it has started. Its first line is stable: programs read the address from it.
 */
record StartupMessage(OnwardServer onward) {
    private static final int MAX_FLOWS = 20;

    List<String> lines() {
        return List.of(
                "Onward listens on " + address(),
                "  mode   " + mode(),
                "  data   " + data(),
                "  key    " + key(),
                "  flows  " + flows(),
                "  first  " + address() + "/onboarding is the onboarding page, " + address()
                        + "/docs the API reference");
    }

    /** The address to open in a browser on this machine. */
    private String address() {
        String host = settings().host();
        String text = isWildcard(host) ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        return "http://" + text + ":" + onward.port();
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private String mode() {
        return switch (settings().mode()) {
            case LOCAL -> "local: every client that reaches this server is trusted";
            case PUBLIC -> "public: naming a user requires the operator's key";
        };
    }

    private String data() {
        return switch (settings().database()) {
            case DatabaseUrl.Sqlite sqlite -> sqlite.file() + " (" + onward.product() + ")";
            case DatabaseUrl.Postgres postgres -> postgres + " (" + onward.product() + ")";
        };
    }

    private String key() {
        if (settings().operatorKey().isPresent()) {
            return "the operator's key is the one in the settings";
        }
        return OperatorKeyFile.of(settings().database())
                .map(file -> "show the operator's key with: cat " + file.path())
                .orElse("there is no operator's key: set ONWARD_OPERATOR_KEY, for example to the output of:"
                        + " openssl rand -hex 32");
    }

    private String flows() {
        int all = onward.flows().size();
        String text = onward.flows().entrySet().stream()
                .limit(MAX_FLOWS)
                .map(flow -> flow.getKey() + " (version " + flow.getValue() + ")")
                .collect(Collectors.joining(", "));
        return all > MAX_FLOWS ? text + " and " + (all - MAX_FLOWS) + " more" : text;
    }

    private Settings settings() {
        return onward.settings();
    }
}
