package dev.onward.server;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.onward.server.cli.CommandException;
import dev.onward.server.http.connection.HttpConnections;
import java.lang.management.ManagementFactory;

/**
 * Checks that the process may open enough file descriptors for its connections. Without a free descriptor, it can
 * neither accept a connection nor open a file.
 *
 * @param connections the setting {@code max_connections}
 * @param limit the limit of file descriptors of the process
 */
record DescriptorCheck(int connections, long limit) {
    /** Descriptors for jars, the database, the log, and the server's own connections. */
    private static final int RESERVED = 200;

    private static final int EXTRA = HttpConnections.MAX_REJECTING + RESERVED;

    /** Reads the limit of this process; unlimited if the operating system has none. */
    static DescriptorCheck of(int connections) {
        return new DescriptorCheck(
                connections,
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        ? system.getMaxFileDescriptorCount()
                        : Long.MAX_VALUE);
    }

    /** @throws CommandException if the limit is too low */
    void orThrow() {
        if (connections + EXTRA > limit) {
            throw new CommandException("The setting max_connections is " + connections + ", which requires "
                    + (connections + EXTRA) + " file descriptors, but this process is limited to " + limit
                    + ". Set it to at most " + Math.max(0, limit - EXTRA)
                    + ", or raise the limit (ulimit -n, or LimitNOFILE in systemd).");
        }
    }
}
