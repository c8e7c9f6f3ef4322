package dev.onward.server.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.onward.server.config.LogFormat;
import java.util.Optional;

/**
 * Configures logback to log to stderr. An XML file would take a fifth of the start-up time. If {@link Logging} is not
 * configured, logback looks for a file as usual. Logback finds this class as a service.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Optional<LogFormat> format = Logging.format();
        if (format.isEmpty()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Encoder<ILoggingEvent> encoder = switch (format.get()) {
            case PLAIN -> new PlainEncoder();
            case JSON -> new JsonLineEncoder();
        };
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setTarget(ConsoleTarget.SystemErr.getName());
        stderr.setEncoder(encoder);
        stderr.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(stderr);
        context.getLogger("dev.onward").setLevel(Level.valueOf(Logging.level().name()));
        // Netty would log each failed accept with a stack trace; AcceptFailures logs one line.
        context.getLogger("io.netty.channel.DefaultChannelPipeline").setLevel(Level.OFF);
        // The command prints one line for a failed migration; this logger would add a stack trace.
        context.getLogger("org.flywaydb").setLevel(Level.OFF);
        // During an outage it warns about each lost connection; Outage logs the outage once.
        context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
