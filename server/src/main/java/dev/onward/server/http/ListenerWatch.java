package dev.onward.server.http;

import dev.onward.server.ops.LoggedError;
import java.util.function.Consumer;

/** Detects that the listener has ended, and reports why. Not thread-safe. */
final class ListenerWatch implements AutoCloseable {
    /**
     * The Helidon class that logs the reason: it catches every exception while accepting, closes the listener, and
     * returns.
     */
    private static final String ACCEPT_LOGGER = "io.helidon.webserver.ServerListener";

    /**
     * The number of failed probes that count as the end. It is more than one, because a server that is being stopped
     * closes its listener too.
     */
    private static final int FAILED_PROBES = 2;

    private final ListenerProbe probe;
    private final Consumer<String> ended;
    private final LoggedError error = LoggedError.of(ACCEPT_LOGGER);
    private int refusals;

    /** @param ended receives the reason, as a sentence */
    ListenerWatch(ListenerProbe probe, Consumer<String> ended) {
        this.probe = probe;
        this.ended = ended;
    }

    /** Probes once. */
    void runOnce() {
        refusals = probe.probe() == ListenerProbe.ProbeResult.REFUSED ? refusals + 1 : 0;
        if (refusals >= FAILED_PROBES) {
            ended.accept("The listener has stopped, and no client can connect: "
                    + error.last().map(Throwable::toString).orElse("its port refuses connections")
                    + ". The server exits, so that its supervisor can restart it.");
        }
    }

    @Override
    public void close() {
        error.close();
    }
}
