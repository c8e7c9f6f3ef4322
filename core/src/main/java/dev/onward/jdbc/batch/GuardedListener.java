package dev.onward.jdbc.batch;

import dev.onward.jdbc.batch.BatchSettings.BatchKind;
import dev.onward.jdbc.batch.BatchSettings.BatchListener;
import dev.onward.logging.ExceptionSummary;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs exceptions of a listener. They affect neither the batch nor its callers. */
record GuardedListener(BatchListener listener) implements BatchListener {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    @Override
    public void served(BatchKind kind, int calls) {
        guarded(() -> listener.served(kind, calls));
    }

    @Override
    public void waited(BatchKind kind, long nanos) {
        guarded(() -> listener.waited(kind, nanos));
    }

    @Override
    public String requestId() {
        try {
            return listener.requestId();
        } catch (RuntimeException | Error e) {
            log(e);
            return "";
        }
    }

    @Override
    public void failed(BatchKind kind, Throwable failure, List<String> requestIds) {
        guarded(() -> listener.failed(kind, failure, requestIds));
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            log(e);
        }
    }

    private static void log(Throwable failure) {
        LOG.warn("A batch listener failed. The batch is not affected.", new ExceptionSummary(failure));
    }
}
