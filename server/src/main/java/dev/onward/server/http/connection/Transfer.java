package dev.onward.server.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data of one connection. It sets a deadline for each read and write, and reserves memory for what was read. The
 * connection's thread uses it; another thread may check whether it is overdue, and end it.
 */
final class Transfer {
    private static final long NONE = Long.MAX_VALUE;

    /** The memory of a read besides its bytes, because a body may arrive byte by byte. */
    private static final int COST_OF_READ = 64;

    private final HelidonSocket socket;
    private final DataWriter writer;
    private final ConnectionLimits limits;
    private final BodyBudget budget;
    private final DataReader reader = DataReader.create(this::read);

    private volatile ConnectionPhase stage = ConnectionPhase.HEAD;
    /** The deadline of the operation that is blocked now, in System.nanoTime(); {@link #NONE} if there is none. */
    private volatile long blockedUntil = NONE;

    /** The read that runs while a request is handled. */
    private volatile Optional<EarlyRead> early = Optional.empty();

    private long stageEnds;
    private long received;
    private long reserved;

    Transfer(HelidonSocket socket, DataWriter writer, ConnectionLimits limits, BodyBudget budget) {
        this.socket = socket;
        this.writer = writer;
        this.limits = limits;
        this.budget = budget;
        begin(ConnectionPhase.HEAD);
    }

    DataReader reader() {
        return reader;
    }

    DataWriter writer() {
        return new TimedWriter();
    }

    ConnectionPhase stage() {
        return stage;
    }

    boolean overdue(long now) {
        long until = blockedUntil;
        return until != NONE && until - now < 0;
    }

    /** Closes the socket, so that a blocked thread gets an exception. Any thread may call it. */
    void end() {
        try {
            socket.close();
        } catch (UncheckedIOException e) {
            // The client closed it at the same time.
        }
    }

    /**
     * Whether the client has closed the connection. Call it only while a request is handled, when nothing else reads.
     * Data that arrives is stored for the next read.
     */
    boolean closedByClient() {
        EarlyRead reading = early.orElseGet(() -> EarlyRead.start(socket));
        early = Optional.of(reading);
        return reading.endOfStream();
    }

    /** Writes a response without reading the request. */
    void reject(byte[] answer) {
        writer().writeNow(BufferData.create(answer));
    }

    void headEnded() {
        begin(ConnectionPhase.BODY);
    }

    /** The response is written and the body consumed. The next request may have begun to arrive. */
    void requestEnded() {
        budget.release(reserved);
        reserved = 0;
        received = 0;
        begin(reader.available() > 0 ? ConnectionPhase.HEAD : ConnectionPhase.IDLE);
    }

    private void begin(ConnectionPhase next) {
        stage = next;
        stageEnds = System.nanoTime() + next.limit(limits).toNanos();
    }

    /** Null at the end of the stream, as Helidon expects. */
    private byte @Nullable [] read() {
        blockedUntil = stageEnds;
        byte @Nullable [] bytes;
        try {
            bytes = next();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the connection ended", e);
        } finally {
            blockedUntil = NONE;
        }
        if (bytes != null) {
            count(bytes.length);
        }
        return bytes;
    }

    private byte @Nullable [] next() {
        if (early.isEmpty()) {
            return socket.get();
        }
        EarlyRead reading = early.get();
        early = Optional.empty();
        return reading.await();
    }

    private void count(int bytes) {
        if (stage == ConnectionPhase.IDLE) {
            begin(ConnectionPhase.HEAD);
        }
        received += stage == ConnectionPhase.BODY ? bytes + COST_OF_READ : bytes;
        long missing = received - ConnectionLimits.FREE_BYTES - reserved;
        if (missing > 0) {
            if (!budget.tryReserve(missing)) {
                throw new BodyBudgetExceeded();
            }
            reserved += missing;
        }
    }

    private final class TimedWriter implements DataWriter {
        @Override
        public void write(BufferData... buffers) {
            timed(() -> writer.write(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            timed(() -> writer.write(buffer));
        }

        @Override
        public void writeNow(BufferData... buffers) {
            timed(() -> writer.writeNow(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            timed(() -> writer.writeNow(buffer));
        }

        @Override
        public void flush() {
            timed(writer::flush);
        }

        private void timed(Runnable write) {
            ConnectionPhase before = stage;
            stage = ConnectionPhase.WRITE;
            blockedUntil = System.nanoTime() + limits.write().toNanos();
            try {
                write.run();
            } finally {
                blockedUntil = NONE;
                stage = before;
            }
        }
    }
}
