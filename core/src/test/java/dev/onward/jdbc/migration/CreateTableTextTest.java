package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** The parts of a table's definition, read from its text. SQLite's adoption depends on it. */
class CreateTableTextTest {

    @Test
    void definitionsEndAtTopLevelCommas() {
        assertThat(CreateTableText.definitions("CREATE TABLE \"a(b\" (id VARCHAR(64) NOT NULL, -- the id, (theirs)\n"
                        + " cost NUMERIC(3, 2) DEFAULT (1 + (2)), /* a, b */ \"f3, (notes\" TEXT DEFAULT 'it''s, (so',"
                        + " [odd, name] INT, `tick` INT AS (id || ','), PRIMARY KEY (id), UNIQUE (cost, tick))"
                        + " WITHOUT ROWID"))
                .containsExactly(
                        "id VARCHAR(64) NOT NULL",
                        "cost NUMERIC(3, 2) DEFAULT (1 + (2))",
                        "\"f3, (notes\" TEXT DEFAULT 'it''s, (so'",
                        "[odd, name] INT",
                        "`tick` INT AS (id || ',')",
                        "PRIMARY KEY (id)",
                        "UNIQUE (cost, tick)");
    }

    @Test
    void aDefinitionStartsWithAName() {
        assertThat(CreateTableText.firstWord("id VARCHAR(64)")).isEqualTo("id");
        assertThat(CreateTableText.firstWord("\"f3 notes\" TEXT")).isEqualTo("f3 notes");
        assertThat(CreateTableText.firstWord("[odd, name] INT")).isEqualTo("odd, name");
        assertThat(CreateTableText.firstWord("UNIQUE(cost)")).isEqualTo("UNIQUE");
    }

    @Test
    void adoptionKeepsOtherConstraintsAndGeneratedColumns() {
        try (TestDatabase database = TestDatabase.empty(DatabaseKind.SQLITE)) {
            SeedSql seed = new SeedSql(database);
            database.execute("""
                    CREATE TABLE onboarding_sessions ( -- as a team made it, with more
                        "id" VARCHAR(64) NOT NULL, user_id VARCHAR(64), current_step VARCHAR(32) NOT NULL,
                        completed BOOLEAN NOT NULL, completed_at DATETIME, first_kblock_id VARCHAR(64),
                        first_declaration TEXT, created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL,
                        f2_edge_id VARCHAR(64) UNIQUE,
                        shown TEXT GENERATED ALWAYS AS (id || '/' || current_step) STORED,
                        CONSTRAINT pk_onboarding_sessions PRIMARY KEY (id)
                    )""");
            database.execute("INSERT INTO onboarding_sessions VALUES ('s', NULL, 'started', 0, NULL, NULL, NULL,"
                    + " '2025-12-25 12:00:00.000000', '2025-12-25 12:00:00.000000', 'edge')");
            database.database().migrations().migrate();
            assertThat(database.query("SELECT shown FROM onboarding_sessions")).containsExactly("s/started");
            assertThatThrownBy(() -> seed.insert("id", "t", "f2_edge_id", "edge"))
                    .hasMessageContaining("UNIQUE");
            assertThatThrownBy(() -> seed.insert("id", "s")).hasMessageContaining("UNIQUE");
        }
    }
}
