package dev.onward.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.onward.jdbc.batch.BatchSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.KeyValuePair;

class BatchMetersTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(BatchMeters.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final BatchMeters meters = new BatchMeters(new SimpleMeterRegistry());

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
        log.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(logged);
        log.setAdditive(true);
    }

    @Test
    void logsAFailedBatchOnceWithItsRequestIds() {
        Error failure = new AssertionError("injected");

        meters.failed(BatchSettings.BatchKind.WRITE, failure, List.of("r1", "r2"));

        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getKeyValuePairs()).containsExactly(new KeyValuePair("request_ids", "r1,r2"));
            assertThat(event.getThrowableProxy().getMessage())
                    .as("the kind of the failure, without its message")
                    .isEqualTo(AssertionError.class.getName());
            assertThat(event.getThrowableProxy().getStackTraceElementProxyArray())
                    .isNotEmpty();
        });
    }

    @Test
    void knowsTheRequestOfTheCurrentThread() {
        assertThat(meters.requestId()).isEmpty();
        try (MDC.MDCCloseable _ = MDC.putCloseable("request_id", "r1")) {
            assertThat(meters.requestId()).isEqualTo("r1");
        }
    }
}
