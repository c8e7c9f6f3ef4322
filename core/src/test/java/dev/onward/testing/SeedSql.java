package dev.onward.testing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The original software's SQL, which knows only the seed's nine columns. */
public final class SeedSql {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final TestDatabase database;

    public SeedSql(TestDatabase database) {
        this.database = database;
    }

    /** Creates the table like the seed's migration; on SQLite, like a translation of it. */
    public void migration() {
        String now = database.sql("CURRENT_TIMESTAMP", "NOW()");
        database.execute("""
                CREATE TABLE onboarding_sessions (
                    id VARCHAR(64) PRIMARY KEY,
                    user_id VARCHAR(64),
                    current_step VARCHAR(32) NOT NULL DEFAULT 'started',
                    completed BOOLEAN NOT NULL DEFAULT false,
                    completed_at TIMESTAMP WITH TIME ZONE,
                    first_kblock_id VARCHAR(64),
                    first_declaration TEXT,
                    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT %s,
                    updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT %s
                )""".formatted(now, now));
        database.execute("CREATE INDEX idx_onboarding_sessions_user_id ON onboarding_sessions(user_id)");
        database.execute("CREATE INDEX idx_onboarding_sessions_cleanup ON onboarding_sessions(created_at)"
                + " WHERE NOT completed");
    }

    /** Creates the table like the original's {@code init_db()}. */
    public void initDb() {
        initDb("");
    }

    /** Creates the table with the columns that the original gained later. */
    public void initDbWithLaterColumns() {
        initDb(
                database.sql("f1_completed_at DATETIME,", "f1_completed_at TIMESTAMP WITH TIME ZONE,")
                        + "f2_edge_id VARCHAR(64), f2_skipped BOOLEAN DEFAULT false NOT NULL, \"f3 notes\" TEXT DEFAULT 'it''s',");
    }

    private void initDb(String columns) {
        String time = database.sql("DATETIME", "TIMESTAMP WITH TIME ZONE");
        database.execute("""
                CREATE TABLE onboarding_sessions (
                    id VARCHAR(64) NOT NULL,
                    user_id VARCHAR(64),
                    current_step VARCHAR(32) NOT NULL,
                    completed BOOLEAN NOT NULL,
                    completed_at %1$s,
                    first_kblock_id VARCHAR(64),
                    first_declaration TEXT,%2$s
                    created_at %1$s NOT NULL,
                    updated_at %1$s NOT NULL,
                    PRIMARY KEY (id)
                )""".formatted(time, columns));
        database.execute("CREATE INDEX ix_onboarding_sessions_user_id ON onboarding_sessions (user_id)");
    }

    /** Inserts a row like the original's {@code start}: only the columns that it sets. */
    public void start(String id, String userId, Instant at) {
        insert(
                "id",
                id,
                "user_id",
                userId,
                "current_step",
                "started",
                "completed",
                false,
                "created_at",
                at,
                "updated_at",
                at);
    }

    /** Inserts a row from pairs of names and values; values are texts, booleans or times. */
    public void insert(Object... namesAndValues) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            names.add(String.valueOf(namesAndValues[i]));
            values.add(literal(namesAndValues[i + 1]));
        }
        database.execute("INSERT INTO onboarding_sessions (" + String.join(", ", names) + ") VALUES ("
                + String.join(", ", values) + ")");
    }

    /** Updates a session like the original's declaration. */
    public void declare(String id, String declaration, String kblockId, Instant at) {
        update(
                id,
                "first_declaration",
                declaration,
                "first_kblock_id",
                kblockId,
                "current_step",
                "first_declaration",
                "completed",
                true,
                "completed_at",
                at,
                "updated_at",
                at);
    }

    /** Updates a session like the original's {@code complete}. */
    public void complete(String id, Instant at) {
        update(id, "current_step", "completed", "completed", true, "completed_at", at, "updated_at", at);
    }

    /** Updates a session from pairs of names and values. */
    public void update(String id, Object... namesAndValues) {
        List<String> assignments = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            assignments.add(namesAndValues[i] + " = " + literal(namesAndValues[i + 1]));
        }
        database.execute(
                "UPDATE onboarding_sessions SET " + String.join(", ", assignments) + " WHERE id = " + literal(id));
    }

    public void delete(String id) {
        database.execute("DELETE FROM onboarding_sessions WHERE id = " + literal(id));
    }

    /** The nine columns of every session, by id; times in UTC with six digits. */
    public List<String> rows() {
        return database.query("SELECT id, user_id, current_step, CASE WHEN completed THEN 'yes' ELSE 'no' END, "
                + shown("completed_at") + ", first_kblock_id, first_declaration, " + shown("created_at") + ", "
                + shown("updated_at") + " FROM onboarding_sessions ORDER BY id");
    }

    /** A session's events as type, step and time, in order. */
    public List<String> events(String id) {
        return database.query("SELECT type, step, " + shown("at") + " FROM onboarding_events WHERE session_id = "
                + literal(id) + " ORDER BY revision, at,"
                + " CASE type WHEN 'started' THEN 1 WHEN 'step_done' THEN 2 WHEN 'completed' THEN 3 ELSE 4 END");
    }

    /** An expression that shows a time column as the original's SQLite text. */
    public String shown(String column) {
        return database.sql(column, "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')");
    }

    /** A time in the format of {@link #rows} and {@link #events}. */
    public static String text(Instant time) {
        return TIME.format(time);
    }

    private String literal(Object value) {
        return switch (value) {
            case Instant time -> "'" + TIME.format(time) + database.sql("'", "+00'");
            case Boolean truth -> truth.toString();
            default -> "'" + String.valueOf(value).replace("'", "''") + "'";
        };
    }
}
