package dev.onward.server.http;

import dev.onward.server.ops.LoggedError;
import java.util.function.Consumer;

/** Notices that the listener has ended, and says why. Not thread-safe. */
final class ListenerWatch implements AutoCloseable {
    /** Whose error is the reason: it catches whatever is thrown while it accepts, closes the listener, and returns. */
    private static final String ACCEPTS = "io.helidon.webserver.ServerListener";

    /** More than one, since the listener of a server that is being stopped is closed, too. */
    private static final int ENOUGH = 2;

    private final ListenerProbe probe;
    private final Consumer<String> ended;
    private final LoggedError error = LoggedError.of(ACCEPTS);
    private int refusals;

    /** @param ended gets the reason, as a sentence */
    ListenerWatch(ListenerProbe probe, Consumer<String> ended) {
        this.probe = probe;
        this.ended = ended;
    }

    /** Asks once. */
    void runOnce() {
        refusals = probe.ask() == ListenerProbe.ProbeResult.REFUSED ? refusals + 1 : 0;
        if (refusals >= ENOUGH) {
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
