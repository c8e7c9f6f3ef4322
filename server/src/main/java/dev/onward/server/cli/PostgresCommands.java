package dev.onward.server.cli;

import dev.onward.server.config.DatabaseUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shell commands that back up and restore a PostgreSQL database. They contain no password. */
record PostgresCommands(DatabaseUrl.Postgres url) {
    /** The driver's parameters that also exist in PostgreSQL's own programs under the same name. */
    private static final List<String> SHARED = List.of("sslmode", "sslrootcert", "sslcert", "service");

    /** The command that writes a backup, readable by its owner only. */
    String dump(Path file) {
        return "(umask 077; pg_dump --format=custom --no-owner --no-privileges " + schema() + "--file="
                + quoted(file.toString()) + " --dbname=" + quoted(address()) + ")";
    }

    /**
     * The command that restores into an empty database. It fails and changes nothing if a table of the backup exists.
     */
    String restore(Path file) {
        return "pg_restore --single-transaction --exit-on-error --no-owner --no-privileges --dbname="
                + quoted(address()) + " " + quoted(file.toString());
    }

    private String schema() {
        return Optional.ofNullable(url.properties().get("currentSchema"))
                .map(names -> "--schema=" + quoted(names.split(",", -1)[0]) + " ")
                .orElse("");
    }

    private String address() {
        String user = Optional.ofNullable(url.properties().get("user"))
                .map(name -> encoded(name) + "@")
                .orElse("");
        List<String> parameters = new ArrayList<>();
        for (String name : SHARED) {
            Optional.ofNullable(url.properties().get(name))
                    .ifPresent(value -> parameters.add(name + "=" + encoded(value)));
        }
        if ("primary".equals(url.properties().get("targetServerType"))) {
            parameters.add("target_session_attrs=primary");
        }
        String database = url.database().isEmpty() ? "" : "/" + encoded(url.database());
        return "postgresql://" + user + url.hosts() + database
                + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
