package dev.onward.server.http;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** The body of a request while it arrives. The event loop fills it, the request's thread reads it. */
final class BodyBuffer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean complete;
    private boolean discarding;
    private Optional<RuntimeException> failure = Optional.empty();

    /** The body of a request without one. */
    static BodyBuffer empty() {
        BodyBuffer body = new BodyBuffer();
        body.complete();
        return body;
    }

    synchronized void add(ByteBuf part) {
        if (discarding) {
            return;
        }
        try {
            part.readBytes(bytes, part.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        notifyAll();
    }

    /** Whether what arrives is still stored. */
    synchronized boolean isWanted() {
        return !discarding;
    }

    synchronized void complete() {
        complete = true;
        notifyAll();
    }

    synchronized boolean isComplete() {
        return complete;
    }

    /** The rest will not arrive, or is not stored. */
    synchronized void fail(RuntimeException reason) {
        failure = failure.or(() -> Optional.of(reason));
        discard();
        notifyAll();
    }

    /** The body is not read any more. */
    synchronized void discard() {
        discarding = true;
        bytes.reset();
    }

    /**
     * Waits for the whole body, or for its first {@code limit + 1} bytes.
     *
     * @throws RuntimeException that it {@link #fail}ed with
     */
    synchronized byte[] read(int limit) throws InterruptedException {
        while (!complete && bytes.size() <= limit && failure.isEmpty()) {
            wait();
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        byte[] body = bytes.toByteArray();
        discard();
        return body.length > limit ? Arrays.copyOf(body, limit + 1) : body;
    }
}
