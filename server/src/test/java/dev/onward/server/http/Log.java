package dev.onward.server.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Hears everything that is logged, our own down to the finest level, and keeps it from the console, until closed. */
final class Log implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.onward");
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    Log() {
        heard.start();
        ours.setLevel(Level.TRACE);
        ours.setAdditive(false);
        ours.addAppender(heard);
        root.addAppender(heard);
    }

    List<ILoggingEvent> events() {
        return List.copyOf(heard.list);
    }

    /** Everything that any kind of output could show of it. */
    String text() {
        return events().stream().map(Log::text).collect(Collectors.joining("\n"));
    }

    private static String text(ILoggingEvent event) {
        return event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + " "
                + Arrays.toString(event.getArgumentArray()) + " " + event.getKeyValuePairs() + " "
                + event.getMDCPropertyMap() + " "
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }

    @Override
    public void close() {
        root.detachAppender(heard);
        ours.detachAppender(heard);
        ours.setAdditive(true);
        ours.setLevel(null);
    }
}
