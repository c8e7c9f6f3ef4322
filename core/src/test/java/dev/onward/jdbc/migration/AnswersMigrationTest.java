package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.BuiltInFlow;
import dev.onward.model.SessionState;
import dev.onward.session.EventPosition;
import dev.onward.session.RecordedEvent;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Onboarding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that Onward wrote before sessions kept answers: everything is there afterwards, and goes on. */
@OnEachDatabase
class AnswersMigrationTest {
    private static final Map<String, String> COLUMNS = new TreeMap<>(Map.of(
            "onboarding_sessions",
            "id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration, created_at,"
                    + " updated_at, flow, flow_version, dismissed_at, revision, started_recorded, completed_recorded",
            "onboarding_events",
            "id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at",
            "onboarding_kblocks",
            "*",
            "onboarding_profiles",
            "*",
            "onboarding_flows",
            "flow, onboarding, retention_hours"));

    private static final String TIME = "'2026-01-01 12:00:00.123456";

    private final TestDatabase database;

    AnswersMigrationTest(DatabaseKind kind) {
        database = TestDatabase.empty(kind);
    }

    @BeforeEach
    void makeADatabaseOfBefore() {
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:dev/onward/jdbc/" + database.sql("sqlite", "postgresql"))
                .table("onboarding_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target("3")
                .load()
                .migrate();
        session("open", "NULL", "started", false, 1, false);
        event("open", 1, "started", "started");
        session("declared", "'ada'", "first_declaration", true, 2, false);
        event("declared", 1, "started", "started");
        event("declared", 2, "step_done", "first_declaration");
        event("declared", 2, "completed", "first_declaration");
        session("completed", "'bob'", "completed", true, 3, false);
        event("completed", 1, "started", "started");
        event("completed", 2, "completed", "first_declaration");
        event("completed", 3, "confirmed", "completed");
        session("dismissed", "'cyd'", "started", false, 1, true);
        event("dismissed", 1, "started", "started");
        event("gone", 1, "started", "started");
        event("gone", 2, "deleted", "started");
        database.execute("INSERT INTO onboarding_kblocks (id, session_id, user_id, layer, title, content, loss,"
                + " confidence, tags, created_at, updated_at) VALUES ('kblock', 'declared', 'ada', 1, 'Mine.', 'Mine.',"
                + " 0.55, 0.45, '[\"ftue\"]', " + time() + ", " + time() + ")");
        database.execute("UPDATE onboarding_sessions SET first_declaration = 'Mine.', first_kblock_id = 'kblock'"
                + " WHERE id = 'declared'");
        database.execute("INSERT INTO onboarding_profiles (user_id, flow, completed_at, onboarding)"
                + " VALUES ('ada', 'genesis', " + time() + ", true)");
        database.execute("INSERT INTO onboarding_flows (flow, onboarding, retention_hours) VALUES ('tour', false, 7)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String time() {
        return TIME + database.sql("'", "+00'");
    }

    private void session(String id, String user, String step, boolean completed, int revision, boolean dismissed) {
        database.execute("INSERT INTO onboarding_sessions (" + COLUMNS.get("onboarding_sessions") + ") VALUES ('" + id
                + "', " + user + ", '" + step + "', " + completed + ", " + (completed ? time() : "NULL")
                + ", NULL, NULL, " + time() + ", " + time() + ", 'genesis', 1, " + (dismissed ? time() : "NULL") + ", "
                + revision + ", true, " + completed + ")");
    }

    private void event(String session, int revision, String type, String step) {
        database.execute("INSERT INTO onboarding_events (" + COLUMNS.get("onboarding_events") + ") VALUES ('"
                + session + revision + type + "', '" + session + "', NULL, 'genesis', 1, '" + type + "', '" + step
                + "', " + revision + ", " + time() + ", " + time() + ")");
    }

    private Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        COLUMNS.forEach((table, columns) ->
                rows.put(table, database.query("SELECT " + columns + " FROM " + table + " ORDER BY 1, 2")));
        return rows;
    }

    private SessionService migrated() {
        database.database().migrations().migrate();
        return new SessionService(
                BuiltInFlow.catalog(),
                database.database().sessions(),
                InstantSource.fixed(Instant.parse("2026-02-01T00:00:00Z")),
                IdGenerator.random());
    }

    @Test
    void everyRowIsThereAsItWas() {
        Map<String, List<String>> before = rows();
        migrated();
        assertThat(rows()).isEqualTo(before);
        assertThat(database.query("SELECT DISTINCT answers, superseded_by FROM onboarding_sessions"))
                .containsExactly("{}|");
        assertThat(database.query(database.sql(
                        "SELECT name FROM sqlite_master WHERE name LIKE '%wider%'",
                        "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%wider%'")))
                .isEmpty();
    }

    @Test
    void anEventStillStandsOnceAndIsOfAKnownType() {
        migrated();
        assertThatThrownBy(() -> event("open", 1, "started", "started")).isInstanceOf(IllegalStateException.class);
        database.execute("UPDATE onboarding_events SET id = 'other' WHERE id = 'open1started'");
        assertThatThrownBy(() -> event("open", 1, "started", "started"))
                .as("the same event under another id")
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> event("open", 2, "unheard of", "started")).isInstanceOf(IllegalStateException.class);
        for (String type :
                List.of("skipped", "revised", "dismissed", "reopened", "claimed", "superseded", "migrated")) {
            event("open", 2, type, "started");
        }
    }

    @Test
    void aHistoryIsWholeAlsoWhereOtherSoftwareMovedTheCreation() {
        database.execute("UPDATE onboarding_sessions SET created_at = '2026-01-01 07:00:00.5"
                + database.sql("'", "+00'") + " WHERE id = 'completed'");
        assertThat(migrated().events("completed", EventPosition.BEGINNING, 10).events())
                .extracting(RecordedEvent::type)
                .containsExactly("started", "completed", "confirmed");
    }

    @Test
    void answersAreAnObject() {
        migrated();
        for (String answers : List.of("[]", "7", "{", "")) {
            assertThatThrownBy(() -> database.execute("UPDATE onboarding_sessions SET answers = '" + answers + "'"))
                    .as(answers)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void sessionsGoOnWhereTheyWere() {
        SessionService sessions = migrated();
        assertThat(sessions.get("open").next()).isPresent();
        assertThat(sessions.declare("open", new Declaration("At last."))
                        .onboarding()
                        .session()
                        .revision())
                .isEqualTo(2);

        assertThat(sessions.declare("declared", new Declaration("Mine.")).kblockId())
                .isEqualTo("kblock");
        Onboarding completed = sessions.complete("declared");
        assertThat(completed.session().state()).isEqualTo(SessionState.COMPLETED);
        assertThat(sessions.events("declared", EventPosition.BEGINNING, 10).events())
                .extracting(event -> event.place().revision() + " " + event.type())
                .containsExactly("1 started", "2 step_done", "2 completed", "3 confirmed");

        assertThat(sessions.get("dismissed").session().state()).isEqualTo(SessionState.DISMISSED);
        assertThat(sessions.reopen("dismissed", WriteConditions.none())
                        .session()
                        .state())
                .isEqualTo(SessionState.OPEN);
        assertThat(sessions.restart("completed", WriteConditions.none())
                        .session()
                        .userId())
                .contains("bob");
    }

    @Test
    void itIsDoneOnce() {
        Map<String, List<String>> before = rows();
        migrated();
        assertThat(database.database().migrations().migrate()).isEmpty();
        assertThat(rows()).isEqualTo(before);
    }
}
