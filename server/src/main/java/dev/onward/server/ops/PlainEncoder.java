package dev.onward.server.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/** Formats a log line for reading: time in UTC, level, logger, message, and details as key=value. */
final class PlainEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String name = event.getLoggerName();
        StringBuilder line = new StringBuilder(160)
                .append(Instant.ofEpochMilli(event.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(event.getLevel())
                .append(' ')
                .append(name, name.lastIndexOf('.') + 1, name.length())
                .append(": ")
                .append(event.getFormattedMessage());
        for (KeyValuePair detail : details(event)) {
            line.append(' ').append(detail.key).append('=').append(detail.value);
        }
        line.append('\n');
        Optional.ofNullable(event.getThrowableProxy())
                .ifPresent(failure -> line.append(ThrowableProxyUtil.asString(failure)));
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<KeyValuePair> details(ILoggingEvent event) {
        return Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of());
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
