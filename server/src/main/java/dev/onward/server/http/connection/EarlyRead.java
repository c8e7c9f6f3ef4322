package dev.onward.server.http.connection;

import io.helidon.common.socket.HelidonSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A read that runs while a request is handled, to detect that the client closes the connection. */
final class EarlyRead {
    private final CompletableFuture<Optional<byte[]>> bytes = new CompletableFuture<>();

    private EarlyRead() {}

    /** Reads on another thread until data arrives or the connection ends. */
    static EarlyRead start(HelidonSocket socket) {
        EarlyRead read = new EarlyRead();
        Thread.ofVirtual().name("onward-early-read").start(() -> read.run(socket));
        return read;
    }

    private void run(HelidonSocket socket) {
        while (!bytes.isDone()) {
            try {
                bytes.complete(Optional.ofNullable(socket.get()));
            } catch (UncheckedIOException e) {
                // The read's timeout is not a connection error; Onward's own deadlines decide about that.
                if (!(e.getCause() instanceof SocketTimeoutException)) {
                    bytes.completeExceptionally(e);
                }
            }
        }
    }

    /** Whether the connection has ended. Does not block. */
    boolean endOfStream() {
        return bytes.isDone()
                && (bytes.isCompletedExceptionally() || bytes.join().isEmpty());
    }

    /** Waits for data; null at the end of the stream. */
    byte @Nullable [] await() {
        try {
            return bytes.get().orElse(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while reading", e));
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException("the connection ended", e));
        }
    }
}
