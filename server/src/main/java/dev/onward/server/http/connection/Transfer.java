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
 * What goes over one connection. It sets a deadline for each read and write, and reserves memory for what was read. It
 * is used by the connection's thread; another one may ask whether it is overdue, and end it.
 */
final class Transfer {
    private static final long NONE = Long.MAX_VALUE;

    /** What a read costs besides its bytes: a body may arrive byte by byte. */
    private static final int COST_OF_READ = 64;

    private final HelidonSocket socket;
    private final DataWriter writer;
    private final ConnectionLimits limits;
    private final BodyBudget budget;
    private final DataReader reader = DataReader.create(this::read);

    private volatile ConnectionPhase stage = ConnectionPhase.HEAD;
    /** When the operation that is blocked now has to end; {@link #NONE} where none is. In System.nanoTime(). */
    private volatile long blockedUntil = NONE;

    /** What is read while a request is answered. */
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

    /** Closes the socket: whoever is blocked on it gets an exception. Any thread may call it. */
    void end() {
        try {
            socket.close();
        } catch (UncheckedIOException e) {
            // The client closed it at the same moment.
        }
    }

    /**
     * Whether the client has closed the connection. For use while a request is answered, when nobody else reads: what
     * arrives is kept for the next read.
     */
    boolean closedByClient() {
        EarlyRead reading = early.orElseGet(() -> EarlyRead.start(socket));
        early = Optional.of(reading);
        return reading.endOfStream();
    }

    /** Writes an answer to a request that nobody read. */
    void refuse(byte[] answer) {
        writer().writeNow(BufferData.create(answer));
    }

    void headEnded() {
        begin(ConnectionPhase.BODY);
    }

    /** The request is answered, and its body consumed. The next one may have begun to arrive already. */
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

    /** Null at the end of the stream, as Helidon expects it. */
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
