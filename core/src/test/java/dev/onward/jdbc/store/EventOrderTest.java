package dev.onward.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.jdbc.migration.Migrations;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Declaration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The schema's promises to readers of all events in order, with the query from the schema's own comment. */
@OnEachDatabase
@Isolated("The mark waits for every transaction of the PostgreSQL server.")
class EventOrderTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    EventOrderTest(DatabaseKind kind) {
        super(kind, NOON);
    }

    /** Position, revision, id, session and type of the events after a cursor. */
    private List<String> behind(long position, long revision, String id) {
        String columns = "SELECT position, revision, id, session_id, type FROM onboarding_events WHERE ";
        return database.query(database.sql(
                columns + "position > " + position + " ORDER BY position",
                columns + "(position, revision, id) > (" + position + ", " + revision + ", '" + id
                        + "') AND position < onboarding_position(pg_snapshot_xmin(pg_current_snapshot()))"
                        + " ORDER BY position, revision, id"));
    }

    private List<String> behind(String row) {
        String[] cursor = row.split("\\|", -1);
        return behind(Long.parseLong(cursor[0]), Long.parseLong(cursor[1]), cursor[2]);
    }

    private List<String> all() {
        return behind(0, 0, "").stream().map(row -> row.split("\\|", 4)[3]).toList();
    }

    private String start(String user) {
        return sessions.start(StartRequest.of("genesis").by(user))
                .onboarding()
                .session()
                .id();
    }

    @Test
    void eventsOfOneTransactionHaveTheOrderInWhichTheyHappened() {
        String id = start("ada");
        sessions.declare(id, new Declaration("Mine."));
        sessions.complete(id);
        seed.start("theirs", "bob", NOON.minusSeconds(60));
        seed.declare("theirs", "Theirs.", "kb", NOON.minusSeconds(30));
        sessions.complete("theirs");
        database.awaitReadableEvents();
        assertThat(all())
                .containsExactly(
                        id + "|started",
                        id + "|step_done",
                        id + "|completed",
                        id + "|confirmed",
                        "theirs|started",
                        "theirs|step_done",
                        "theirs|completed",
                        "theirs|confirmed");
    }

    @Test
    void backfillAndCleanupSetThePositionsOfTheirEvents() {
        Instant longAgo = Instant.now().minus(Duration.ofDays(3));
        seed.start("a", "ada", longAgo);
        seed.start("b", "bob", longAgo);
        seed.complete("b", longAgo.plusSeconds(1));
        database.database().backfill();
        new AbandonedSessionCleanup(database.database().retention()).run(RetentionHours.DEFAULT);
        database.awaitReadableEvents();
        assertThat(all()).containsExactlyInAnyOrder("a|started", "b|started", "b|completed", "a|deleted");
        assertThat(all()).endsWith("a|deleted");
    }

    @Test
    void aPageMayEndAnywhereAndNoEventIsReadTwice() {
        List<String> ids = List.of(start("ada"), start("bob"), start("cyd"));
        ids.forEach(id -> sessions.declare(id, new Declaration("Mine.")));
        database.awaitReadableEvents();
        List<String> every = behind(0, 0, "");
        assertThat(every).hasSize(9);
        for (int i = 0; i < every.size(); i++) {
            assertThat(behind(every.get(i))).isEqualTo(every.subList(i + 1, every.size()));
        }
    }

    @Test
    @Tag("postgresql")
    void doesNotMissAnEventThatCommitsLate() throws SQLException {
        if (database.kind() == DatabaseKind.SQLITE) {
            oneWriterHoldsUpTheOther();
            return;
        }
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            start("ada");
            assertThat(all())
                    .as("behind it, an older transaction may still write")
                    .isEmpty();
            insert(statement, "late");
            assertThat(all()).isEmpty();
            late.commit();
        }
        database.awaitReadableEvents();
        assertThat(all()).hasSize(2).first().isEqualTo("late|started");
    }

    private void oneWriterHoldsUpTheOther() throws SQLException {
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            insert(statement, "late");
            assertThat(all()).isEmpty();
            statement.execute("COMMIT");
        }
        start("ada");
        assertThat(all()).hasSize(2).first().isEqualTo("late|started");
    }

    private void insert(Statement statement, String session) throws SQLException {
        String time = database.sql("'2026-03-01 12:00:00.000000'", "'2026-03-01 12:00:00+00'");
        statement.execute("INSERT INTO onboarding_events (id, session_id, flow, flow_version, type, step, revision, at,"
                + " session_created_at) VALUES ('e', '" + session + "', 'genesis', 1, 'started', 'started', 1, " + time
                + ", " + time + ")");
    }

    @Test
    void neverReusesAPosition() {
        start("ada");
        database.awaitReadableEvents();
        String before = behind(0, 0, "").getLast();
        database.execute("DELETE FROM onboarding_events");
        start("bob");
        database.awaitReadableEvents();
        assertThat(behind(before)).hasSize(1);
    }

    /** Simulates the restore of a dump into a server that has run fewer transactions. */
    @Test
    @Tag("postgresql")
    void afterARestoreIntoAYoungerServerNewEventsSortBehindExistingOnes() {
        if (database.kind() == DatabaseKind.SQLITE) {
            return;
        }
        Migrations migrations = database.database().migrations();
        start("read");
        start("unread");
        database.execute("UPDATE onboarding_events SET position = position + 5000000000");
        String read = database.query("SELECT position, revision, id FROM onboarding_events ORDER BY position LIMIT 1")
                .getFirst();
        assertThat(behind(read)).isEmpty();
        assertThat(migrations.pending())
                .singleElement()
                .satisfies(pending -> assertThat(pending.script()).contains("positions of events"));
        assertThat(migrations.migrate()).hasSize(1);
        assertThat(migrations.pending()).isEmpty();
        String later = start("later");
        database.awaitReadableEvents();
        assertThat(behind(read)).hasSize(2).last().asString().contains(later);

        database.execute("DELETE FROM onboarding_events");
        database.execute("INSERT INTO onboarding_event_cursors (name, position) VALUES ('mail', 9000000000)");
        assertThat(migrations.migrate())
                .as("no event stands, and a cursor does")
                .hasSize(1);
        start("last");
        database.awaitReadableEvents();
        assertThat(behind(9_000_000_000L, 0, "")).hasSize(1);
    }
}
