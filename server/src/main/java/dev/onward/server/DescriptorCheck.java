package dev.onward.server;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.onward.server.cli.CommandException;
import dev.onward.server.http.connection.BoundedConnections;
import java.lang.management.ManagementFactory;

/**
 * Whether the connections fit into the file descriptors of the process. Without one, accepting a connection fails, and
 * so does opening a file.
 *
 * @param connections the setting
 * @param limit how many descriptors the process may open
 */
record DescriptorCheck(int connections, long limit) {
    /** For jars, the database, the log, and the connections of the server itself. */
    private static final int OTHERS = 200;

    private static final int EXTRA = BoundedConnections.REFUSING + OTHERS;

    /** With the limit of this process; without a limit where the operating system has none. */
    static DescriptorCheck of(int connections) {
        return new DescriptorCheck(
                connections,
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        ? system.getMaxFileDescriptorCount()
                        : Long.MAX_VALUE);
    }

    /** @throws CommandException where they do not fit */
    void orThrow() {
        if (connections + EXTRA > limit) {
            throw new CommandException("The setting max_connections is " + connections + ", which requires "
                    + (connections + EXTRA) + " file descriptors, but this process is limited to " + limit
                    + ". Set it to at most " + Math.max(0, limit - EXTRA)
                    + ", or raise the limit (ulimit -n, or LimitNOFILE in systemd).");
        }
    }
}
