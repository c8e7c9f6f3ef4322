package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.TestDatabase;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows of the database, held against what people were told. */
record Books(TestDatabase database) {
    private static final String COUNT_OF = "(SELECT count(*) FROM onboarding_";

    /** Sessions that are half-written: each rule names what must come together. */
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

    /** Every change is in the database whole or not at all, and none twice. */
    void holdNothingHalfWritten() {
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

    /** Whatever these people were told is so. */
    void holdWhatWasAnswered(Collection<Person> people) {
        Map<String, Row> rows = rows();
        for (Person person : people) {
            person.session().ifPresent(session -> {
                assertThat(rows).as(person.name()).containsKey(session);
                check(person, rows.get(session));
            });
        }
    }

    private static void check(Person person, Row row) {
        if (!row.userId().isEmpty()) {
            assertThat(row.userId()).isEqualTo(person.name());
        }
        person.kblock().ifPresent(kblock -> {
            assertThat(row.kblock()).as(person.name()).isEqualTo(kblock);
            assertThat(row.declaration()).isEqualTo(person.declaration());
            assertThat(row.completed()).isTrue();
        });
        if (person.completedAt().isPresent()) {
            assertThat(row.step()).as(person.name()).isEqualTo("completed");
        }
        if (!person.declared()) {
            assertThat(row.declaration()).as(person.name()).isEmpty();
        }
    }

    /** How many sessions hold a declaration. */
    long declarations() {
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
