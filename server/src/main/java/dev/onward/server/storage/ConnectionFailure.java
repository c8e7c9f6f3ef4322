package dev.onward.server.storage;

import dev.onward.server.config.DatabaseUrl;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Why a connection to PostgreSQL failed.
 *
 * @param reason the reason for a log line: {@code connection refused}
 * @param temporary whether a retry may succeed
 * @param problem the reason and the next action, in one line
 */
record ConnectionFailure(String reason, boolean temporary, String problem) {

    static ConnectionFailure of(DatabaseUrl.Postgres url, SQLException e) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        return switch (state) {
            case "28P01", "28000" ->
                lasting(
                        "user or password rejected",
                        "PostgreSQL rejects the user or the password for " + url
                                + ". Correct them in the setting db: postgresql://user:password@host/database.");
            case "08004" ->
                lasting(
                        "connection rejected",
                        "PostgreSQL rejects the connection (" + url
                                + "). Provide the password, or correct sslmode:"
                                + " postgresql://user:password@host/database?sslmode=…");
            case "3D000" ->
                lasting(
                        "no such database",
                        "PostgreSQL has no database " + url.database() + " (" + url
                                + "). Create it with createdb, or correct the setting db.");
            case "53300" ->
                temporary(
                        "too many connections",
                        "PostgreSQL has no connection left for " + url + ". Raise its max_connections.");
            case "57P03" ->
                temporary("still starting", "PostgreSQL is still starting (" + url + "). Try again in a moment.");
            default -> unreachable(url, network(url, e, state));
        };
    }

    /** There was no response. */
    static ConnectionFailure noAnswer(DatabaseUrl.Postgres url) {
        return unreachable(url, "no answer");
    }

    private static ConnectionFailure unreachable(DatabaseUrl.Postgres url, String reason) {
        return temporary(
                reason,
                "PostgreSQL cannot be reached at " + url + " (" + reason
                        + "). Start it, or correct the host and port in the setting db.");
    }

    private static String network(DatabaseUrl.Postgres url, SQLException e, String state) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException _ -> {
                    return "host name not found";
                }
                case NoRouteToHostException _ -> {
                    return "no route to the host";
                }
                case ConnectException _ -> {
                    return "connection refused";
                }
                case SocketTimeoutException _ -> {
                    return "no answer";
                }
                default -> {}
            }
        }
        if (e.getCause() == null && url.properties().containsKey("targetServerType")) {
            return "no host is " + url.properties().get("targetServerType");
        }
        return "SQLSTATE " + (state.isEmpty() ? "none" : state);
    }

    private static ConnectionFailure lasting(String reason, String problem) {
        return new ConnectionFailure(reason, false, problem);
    }

    private static ConnectionFailure temporary(String reason, String problem) {
        return new ConnectionFailure(reason, true, problem);
    }
}
