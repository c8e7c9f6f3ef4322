package dev.onward.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.onward.definition.BuiltInFlow;
import dev.onward.event.EventDelivery.DeliveryResult;
import dev.onward.model.OnboardingEvent;
import dev.onward.model.OnboardingListener;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Single runs of the delivery, without its thread. */
@OnEachDatabase
class EventDeliveryTest extends StoreTest {
    private static final String NAME = "create-tenant";
    private static final String PAST =
            "UPDATE onboarding_event_cursors SET blocked_until = '2020-01-01 00:00:00.000000'";

    private final List<String> received = new ArrayList<>();
    private EventReader reader;
    private EventCursors cursors;

    EventDeliveryTest(DatabaseKind kind) {
        super(kind, Instant.parse("2026-03-01T12:00:00.123456Z"));
    }

    @BeforeEach
    void register() {
        reader = database.database().eventReader();
        cursors = database.database().eventCursors();
        cursors.register(NAME, reader.latest());
    }

    private EventDelivery delivery(OnboardingListener listener) {
        return new EventDelivery(
                NAME, listener, reader, cursors, IdGenerator.random().next(), EventDelivery.LEASE);
    }

    private EventDelivery recording() {
        return delivery(event -> received.add(text(event)));
    }

    private static String text(OnboardingEvent event) {
        return event.sessionId() + "|" + event.type();
    }

    private DeliveryResult run(EventDelivery delivery) {
        database.awaitReadableEvents();
        return delivery.runOnce();
    }

    private String start(String user) {
        return sessions.start(StartRequest.of("genesis").by(user))
                .onboarding()
                .session()
                .id();
    }

    private void retryNow() {
        database.execute(PAST);
    }

    @Test
    void deliversEveryEventOnceAndInOrder() {
        String ada = start("ada");
        String bob = start("bob");
        sessions.declare(ada, new Declaration("Mine."));
        EventDelivery delivery = recording();

        assertThat(run(delivery)).isEqualTo(DeliveryResult.DELIVERED);
        assertThat(run(delivery)).isEqualTo(DeliveryResult.NOTHING);
        assertThat(received)
                .containsExactly(ada + "|started", bob + "|started", ada + "|step_done", ada + "|completed");

        sessions.complete(bob);
        sessions.complete(ada);
        assertThat(run(recording())).as("another node").isEqualTo(DeliveryResult.DELIVERED);
        assertThat(received.subList(4, received.size())).containsExactly(bob + "|completed", ada + "|confirmed");
    }

    @Test
    void anEventContainsItsSessionUserAndFlow() {
        String id = start("ada");
        List<OnboardingEvent> events = new ArrayList<>();
        run(delivery(events::add));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.sessionId()).isEqualTo(id);
            assertThat(event.userId()).contains("ada");
            assertThat(event.flow()).isEqualTo("genesis");
            assertThat(event.flowVersion()).isEqualTo(1);
            assertThat(event.step()).isEqualTo("started");
            assertThat(event.revision()).isEqualTo(1);
            assertThat(event.at()).isEqualTo(clock.instant());
        });
    }

    @Test
    void retriesAFailedEventAfterAGrowingPauseWhileLaterOnesWait() {
        start("ada");
        String bob = start("bob");
        start("cy");
        AtomicInteger calls = new AtomicInteger();
        EventDelivery delivery = delivery(event -> {
            if (event.sessionId().equals(bob) && calls.incrementAndGet() <= 2) {
                throw new IllegalStateException("the tenants cannot be reached");
            }
            received.add(text(event));
        });

        assertThat(run(delivery)).isEqualTo(DeliveryResult.FAILED);
        assertThat(received).hasSize(1);
        assertThat(pause()).isBetween(0.0, 1.0);
        assertThat(run(delivery)).as("before the pause has passed").isEqualTo(DeliveryResult.NOTHING);
        assertThat(run(recording())).as("on another node").isEqualTo(DeliveryResult.NOTHING);

        retryNow();
        assertThat(run(delivery)).isEqualTo(DeliveryResult.FAILED);
        assertThat(pause()).isBetween(1.0, 2.0);
        assertThat(received).hasSize(1);

        retryNow();
        assertThat(run(delivery)).isEqualTo(DeliveryResult.DELIVERED);
        assertThat(received).hasSize(3).element(1).isEqualTo(bob + "|started");
        assertThat(database.query("SELECT failures FROM onboarding_event_cursors"))
                .containsExactly("0");
    }

    /** The seconds until the next attempt. */
    private double pause() {
        return Double.parseDouble(database.query(database.sql(
                        "SELECT (julianday(blocked_until) - julianday('now')) * 86400 FROM onboarding_event_cursors",
                        "SELECT extract(epoch FROM blocked_until - now()) FROM onboarding_event_cursors"))
                .getFirst());
    }

    @Test
    void theMaximumPauseIsFiveMinutes() {
        assertThat(RetryPause.after(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(RetryPause.after(9)).isEqualTo(Duration.ofSeconds(256));
        assertThat(RetryPause.after(10)).isEqualTo(Duration.ofMinutes(5));
        assertThat(RetryPause.after(1_000_000)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void logsConsecutiveFailuresOnceAndTheRecovery() {
        start("ada");
        AtomicInteger calls = new AtomicInteger();
        EventDelivery delivery = delivery(event -> {
            if (calls.incrementAndGet() != 4) {
                throw new LinkageError("a library is missing");
            }
        });

        List<String> logged = logged(() -> {
            for (int run = 0; run < 4; run++) {
                run(delivery);
                retryNow();
            }
            start("bob");
            run(delivery);
        });

        assertThat(logged).hasSize(3);
        assertThat(logged.getFirst()).startsWith("WARN Listener " + NAME + " failed at event ");
        assertThat(logged.get(1)).isEqualTo("INFO Listener " + NAME + " works again after 3 failed attempts");
        assertThat(logged.getLast()).as("new failures").startsWith("WARN Listener " + NAME + " failed at event ");
    }

    private static List<String> logged(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(EventDelivery.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        try {
            action.run();
        } finally {
            logger.detachAppender(log);
            logger.setLevel(before);
        }
        Thread own = Thread.currentThread();
        return log.list.stream()
                .filter(event -> event.getThreadName().equals(own.getName()))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Test
    void onlyOneNodeDeliversAtATime() {
        start("ada");
        EventDelivery other = recording();
        List<DeliveryResult> others = new ArrayList<>();
        EventDelivery delivery = delivery(event -> others.add(run(other)));

        assertThat(run(delivery)).isEqualTo(DeliveryResult.DELIVERED);

        assertThat(others).containsExactly(DeliveryResult.NOTHING);
        assertThat(received).isEmpty();
    }

    @Test
    void aSlowListenerKeepsItsLease() {
        start("ada");
        EventDelivery other = recording();
        List<DeliveryResult> others = new ArrayList<>();
        List<EventDelivery> self = new ArrayList<>();
        self.add(delivery(event -> {
            retryNow();
            self.getFirst().extendLease();
            others.add(run(other));
        }));

        assertThat(run(self.getFirst())).isEqualTo(DeliveryResult.DELIVERED);

        assertThat(others).containsExactly(DeliveryResult.NOTHING);
        self.getFirst().extendLease();
        start("bob");
        assertThat(run(other)).as("the turn is over").isEqualTo(DeliveryResult.DELIVERED);
    }

    @Test
    void aNodeThatLostItsLeaseDoesNotMoveTheCursor() {
        String ada = start("ada");
        String bob = start("bob");
        EventDelivery other = recording();
        EventDelivery slow = delivery(event -> {
            if (received.isEmpty()) {
                retryNow();
                run(other);
                start("cy");
            }
        });

        List<String> logged = logged(() -> assertThat(run(slow)).isEqualTo(DeliveryResult.NOTHING));

        assertThat(logged).singleElement().asString().contains("lost its turn");
        assertThat(received).containsExactly(ada + "|started", bob + "|started");
        assertThat(run(other)).isEqualTo(DeliveryResult.DELIVERED);
        assertThat(received).hasSize(3);
    }

    @Test
    void stoppingSavesTheCursor() {
        String ada = start("ada");
        String bob = start("bob");
        List<EventDelivery> self = new ArrayList<>();
        self.add(delivery(event -> {
            received.add(text(event));
            self.getFirst().stop();
        }));

        assertThat(run(self.getFirst())).isEqualTo(DeliveryResult.DELIVERED);

        assertThat(received).containsExactly(ada + "|started");
        assertThat(run(recording())).isEqualTo(DeliveryResult.DELIVERED);
        assertThat(received).containsExactly(ada + "|started", bob + "|started");
    }

    @Test
    void anInterruptLeftByAListenerLosesNoEvent() {
        start("ada");
        assertThat(run(delivery(event -> Thread.currentThread().interrupt()))).isEqualTo(DeliveryResult.DELIVERED);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(run(recording())).isEqualTo(DeliveryResult.NOTHING);
    }

    @Test
    void deliversAnEventThatCommitsLate() throws SQLException {
        EventDelivery delivery = recording();
        try (Connection late = database.connect()) {
            late.setAutoCommit(false);
            SessionService inTransaction = within(late);
            String ada = inTransaction
                    .start(StartRequest.of("genesis").by("ada"))
                    .onboarding()
                    .session()
                    .id();
            List<String> expected = new ArrayList<>(List.of(ada + "|started"));
            if (database.kind() == DatabaseKind.POSTGRESQL) {
                expected.add(start("bob") + "|started");
            }
            assertThat(delivery.runOnce()).isEqualTo(DeliveryResult.NOTHING);
            late.commit();
            assertThat(run(delivery)).isEqualTo(DeliveryResult.DELIVERED);
            assertThat(received).containsExactlyElementsOf(expected);
        }
    }

    private SessionService within(Connection connection) {
        return new SessionService(
                BuiltInFlow.catalog(), database.database().sessions(connection), clock, IdGenerator.random());
    }

    /** On PostgreSQL, a transaction gets its number at its first write; here a later transaction commits first. */
    @Test
    @Tag("postgresql")
    void deliversASessionsEventsInOrderEvenIfAnOlderTransactionWroteTheLastOne() throws SQLException {
        if (database.kind() == DatabaseKind.SQLITE) {
            return;
        }
        EventDelivery delivery = recording();
        try (Connection older = database.connect();
                Statement statement = older.createStatement()) {
            older.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            String ada = start("ada");
            String bob = start("bob");
            within(older).complete(ada);
            assertThat(delivery.runOnce()).isEqualTo(DeliveryResult.NOTHING);
            older.commit();
            assertThat(run(delivery)).isEqualTo(DeliveryResult.DELIVERED);
            assertThat(received).containsExactly(ada + "|started", ada + "|completed", bob + "|started");
        }
    }

    @Test
    void aNewNameStartsWithTheNextEvent() {
        start("ada");
        database.awaitReadableEvents();
        cursors.register("late", reader.latest());
        cursors.register("early", EventCursor.BEGINNING);
        String bob = start("bob");
        assertThat(named("late")).containsExactly(bob + "|started");
        assertThat(named("early")).hasSize(2);

        cursors.register("early", EventCursor.BEGINNING);
        assertThat(named("early")).as("a name that is known").isEmpty();
    }

    private List<String> named(String name) {
        List<String> events = new ArrayList<>();
        run(new EventDelivery(
                name,
                event -> events.add(text(event)),
                reader,
                cursors,
                IdGenerator.random().next(),
                EventDelivery.LEASE));
        return events;
    }

    @Test
    void failsIfTheCursorWasDeleted() {
        database.execute("DELETE FROM onboarding_event_cursors");
        EventDelivery delivery = recording();
        assertThatThrownBy(delivery::runOnce)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(NAME);
    }
}
