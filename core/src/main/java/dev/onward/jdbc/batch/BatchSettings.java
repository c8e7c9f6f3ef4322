package dev.onward.jdbc.batch;

import dev.onward.logging.ExceptionSummary;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * How callers are served together.
 *
 * @param largest the most that are served together, from 1 (each alone) to 256
 * @param observer hears of every batch
 */
public record BatchSettings(int largest, BatchListener observer) {
    /** At most so many are served together. */
    public static final int LARGEST = 256;

    /** What is done for several together. */
    public enum BatchKind {
        FIND,
        WRITE
    }

    /** Hears of every batch; called by many threads at once, and keeps all of them waiting. */
    public interface BatchListener {
        void served(BatchKind kind, int calls);

        /** How long a call waited that was not served at once. */
        void waited(BatchKind kind, long nanos);

        /** The id of the request that the calling thread serves, for {@link #failed}; empty if there is none. */
        default String requestId() {
            return "";
        }

        /**
         * A batch failed in a way that nobody foresaw. Each of its calls is made again, alone.
         *
         * @param requestIds of its calls
         */
        default void failed(BatchKind kind, Throwable failure, List<String> requestIds) {}
    }

    private static final BatchListener LOGGING = new BatchListener() {
        @Override
        public void served(BatchKind kind, int calls) {}

        @Override
        public void waited(BatchKind kind, long nanos) {}

        @Override
        public void failed(BatchKind kind, Throwable failure, List<String> requestIds) {
            LoggerFactory.getLogger(BatchSettings.class)
                    .error("A batch failed. Each of its calls runs again alone.", new ExceptionSummary(failure));
        }
    };

    /** @throws IllegalArgumentException where the size is none that can be */
    public BatchSettings {
        if (largest < 1 || largest > LARGEST) {
            throw new IllegalArgumentException("a batch holds from 1 to " + LARGEST + ", not " + largest);
        }
    }

    /** Batches as large as they may be, whose unexpected failures are logged. */
    public static BatchSettings usual() {
        return new BatchSettings(LARGEST, LOGGING);
    }
}
