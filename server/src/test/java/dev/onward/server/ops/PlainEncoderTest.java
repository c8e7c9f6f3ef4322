package dev.onward.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainEncoderTest {
    private final Logger logger = new LoggerContext().getLogger("dev.onward.server.Thing");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.DEBUG);
    }

    @Test
    void aLineHasTimeLevelLoggerMessageAndDetails() {
        logger.atInfo().addKeyValue("status", 200).addKeyValue("route", "/x").log("answered");

        assertThat(encoded())
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z INFO Thing: answered status=200 route=/x\n");
    }

    @Test
    void aStackTraceFollowsOnTheNextLines() {
        logger.warn("it broke", new IllegalStateException("why"));

        assertThat(encoded())
                .contains(" WARN Thing: it broke\njava.lang.IllegalStateException: why")
                .contains("\tat dev.onward.server.ops.PlainEncoderTest");
    }

    private String encoded() {
        return new String(new PlainEncoder().encode(logged.list.getFirst()), StandardCharsets.UTF_8);
    }
}
