package dev.onward.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("sqlite")
class TestDatabaseTest {
    @Test
    void closingLeavesNothingInTheTemporaryFolder() {
        for (TestDatabase database : new TestDatabase[] {
            TestDatabase.migrated(DatabaseKind.SQLITE), TestDatabase.migrated(DatabaseKind.SQLITE)
        }) {
            Path folder = Path.of(database.jdbcUrl().substring("jdbc:sqlite:".length()))
                    .getParent();
            assertThat(folder).isNotEmptyDirectory();

            database.close();

            assertThat(folder).doesNotExist();
        }
    }
}
