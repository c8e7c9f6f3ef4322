package dev.onward.jdbc.batch;

import dev.onward.logging.ExceptionSummary;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * How calls are batched.
 *
 * @param maxSize the maximum number of concurrent calls per transaction, from 1 (no batching) to 256
 * @param observer is called for every batch
 */
public record BatchSettings(int maxSize, BatchListener observer) {
    /** The maximum batch size. */
    public static final int MAX_SIZE = 256;

    /** The operations that are batched. */
    public enum BatchKind {
        FIND,
        WRITE
    }

    /** Observes batches. Called by many threads at once; a slow listener delays all callers. */
    public interface BatchListener {
        void served(BatchKind kind, int calls);

        /** Reports how long a queued call waited. */
        void waited(BatchKind kind, long nanos);

        /** The id of the request that the calling thread serves, for {@link #failed}; empty if there is none. */
        default String requestId() {
            return "";
        }

        /**
         * Reports an unexpected failure of a batch. Each of its calls runs again alone.
         *
         * @param requestIds the ids of the batch's requests
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

    /** @throws IllegalArgumentException if the size is out of range */
    public BatchSettings {
        if (maxSize < 1 || maxSize > MAX_SIZE) {
            throw new IllegalArgumentException("a batch holds from 1 to " + MAX_SIZE + ", not " + maxSize);
        }
    }

    /** The maximum batch size; unexpected failures are logged. */
    public static BatchSettings defaults() {
        return new BatchSettings(MAX_SIZE, LOGGING);
    }
}
