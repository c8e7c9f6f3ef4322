package dev.onward.server.process.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.TestDatabase;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the rows of the database with the responses that users got. */
public record DatabaseAudit(TestDatabase database) {
    private static final String COUNT_OF = "(SELECT count(*) FROM onboarding_";

    /** Queries for half-written sessions, named by their rule. */
    private static final Map<String, String> HALF_WRITTEN = Map.of(
            "one started event",
            COUNT_OF + "events e WHERE e.session_id = s.id AND type = 'started') <> 1",
            "a K-Block exactly where there is a declaration",
            COUNT_OF
                    + "kblocks k WHERE k.session_id = s.id AND k.id = s.first_kblock_id AND k.content = s.first_declaration)"
                    + " <> CASE WHEN first_declaration IS NULL THEN 0 ELSE 1 END",
            "no second K-Block",
            COUNT_OF + "kblocks k WHERE k.session_id = s.id) > 1",
            "one step_done event exactly where there is a declaration",
            COUNT_OF + "events e WHERE e.session_id = s.id AND type = 'step_done')"
                    + " <> CASE WHEN first_declaration IS NULL THEN 0 ELSE 1 END",
            "one completed event exactly where it is completed",
            COUNT_OF + "events e WHERE e.session_id = s.id AND type = 'completed')"
                    + " <> CASE WHEN completed THEN 1 ELSE 0 END",
            "one confirmed event exactly where it was completed by the call",
            COUNT_OF + "events e WHERE e.session_id = s.id AND type = 'confirmed')"
                    + " <> CASE WHEN current_step = 'completed' THEN 1 ELSE 0 END",
            "a profile where a user's session is completed",
            "completed AND user_id IS NOT NULL AND " + COUNT_OF + "profiles p WHERE p.user_id = s.user_id) <> 1",
            "a declaration completes",
            "first_declaration IS NOT NULL AND (NOT completed OR completed_at IS NULL)");

    private record Row(String id, String userId, String step, boolean completed, String kblock, String declaration) {
        static Row of(String text) {
            String[] values = text.split("\\|", -1);
            return new Row(values[0], values[1], values[2], values[3].matches("1|t"), values[4], values[5]);
        }
    }

    /** Asserts that every change is stored completely or not at all, and none twice. */
    public void assertNothingHalfWritten() {
        HALF_WRITTEN.forEach(
                (rule, broken) -> assertThat(database.query("SELECT s.id FROM onboarding_sessions s WHERE " + broken))
                        .as(rule)
                        .isEmpty());
        assertThat(database.query("SELECT user_id FROM onboarding_sessions WHERE user_id IS NOT NULL"
                        + " GROUP BY user_id HAVING count(*) > 1"))
                .as("starts that were made twice")
                .isEmpty();
        assertThat(database.query(
                        "SELECT first_declaration FROM onboarding_sessions WHERE first_declaration IS NOT NULL"
                                + " GROUP BY first_declaration HAVING count(*) > 1"))
                .as("declarations that were made twice")
                .isEmpty();
    }

    /** Asserts that every response to these users is true. */
    public void assertResponsesStored(Collection<SimulatedUser> users) {
        Map<String, Row> rows = rows();
        for (SimulatedUser user : users) {
            user.session().ifPresent(session -> {
                assertThat(rows).as(user.name()).containsKey(session);
                check(user, rows.get(session));
            });
        }
    }

    private static void check(SimulatedUser user, Row row) {
        if (!row.userId().isEmpty()) {
            assertThat(row.userId()).isEqualTo(user.name());
        }
        user.kblock().ifPresent(kblock -> {
            assertThat(row.kblock()).as(user.name()).isEqualTo(kblock);
            assertThat(row.declaration()).isEqualTo(user.declaration());
            assertThat(row.completed()).isTrue();
        });
        if (user.completedAt().isPresent()) {
            assertThat(row.step()).as(user.name()).isEqualTo("completed");
        }
        if (!user.declared()) {
            assertThat(row.declaration()).as(user.name()).isEmpty();
        }
    }

    /** The number of sessions with a declaration. */
    public long declarations() {
        return Long.parseLong(
                database.query("SELECT count(*) FROM onboarding_sessions WHERE first_declaration IS NOT NULL")
                        .getFirst());
    }

    private Map<String, Row> rows() {
        List<String> found =
                database.query("SELECT id, user_id, current_step, completed, first_kblock_id, first_declaration"
                        + " FROM onboarding_sessions");
        return found.stream().map(Row::of).collect(Collectors.toMap(Row::id, Function.identity()));
    }
}
