package dev.onward.server.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Captures the last exception that a library logged as an error, if the library reports it in no other way.
 * Thread-safe.
 */
public final class LoggedError implements AutoCloseable {
    private final Logger logger;
    private final LastErrorAppender memory = new LastErrorAppender();

    private LoggedError(Logger logger) {
        this.logger = logger;
    }

    /** Listens to a logger until it is closed. */
    public static LoggedError of(String name) {
        LoggedError error = new LoggedError((Logger) LoggerFactory.getLogger(name));
        error.memory.start();
        error.logger.addAppender(error.memory);
        return error;
    }

    /** Empty if no exception was logged. */
    public Optional<Throwable> last() {
        return Optional.ofNullable(memory.last);
    }

    @Override
    public void close() {
        logger.detachAppender(memory);
    }

    private static final class LastErrorAppender extends AppenderBase<ILoggingEvent> {
        private volatile @Nullable Throwable last;

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)
                    && event.getThrowableProxy() instanceof ThrowableProxy proxy) {
                last = proxy.getThrowable();
            }
        }
    }
}
