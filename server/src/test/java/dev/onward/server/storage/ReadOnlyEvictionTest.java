package dev.onward.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Pooler;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pool whose connections reject writes while new ones would accept them. */
@Tag("postgresql")
class ReadOnlyEvictionTest {
    private final TestDatabase test = TestDatabase.migrated(DatabaseKind.POSTGRESQL);

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void oneRejectedWriteEvictsEveryReadOnlyConnection() throws SQLException {
        newConnectionsAreReadOnly("on");
        try (Storage storage = serving()) {
            assertThat(readOnly(storage)).containsOnly("on");
            newConnectionsAreReadOnly("off");

            try (Connection connection = PoolConnections.borrow(storage);
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("CREATE TABLE refused ()"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("read-only");
            }

            assertThat(readOnly(storage)).containsOnly("off");
        }
    }

    private void newConnectionsAreReadOnly(String setting) {
        test.execute("BEGIN READ WRITE; ALTER DATABASE "
                + test.query("SELECT current_database()").getFirst() + " SET default_transaction_read_only = " + setting
                + "; COMMIT");
    }

    private Storage serving() {
        DatabaseUrl url =
                DatabaseUrl.parse(test.jdbcUrl().substring("jdbc:".length())).orElseThrow();
        return Storage.forServing(
                new DatabaseAccess(url, Pooler.AUTO, Duration.ofSeconds(30)), BatchSettings.defaults());
    }

    /** Asks every connection of the pool, all open at the same time. */
    private static List<String> readOnly(Storage storage) throws SQLException {
        List<Connection> open = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        try {
            for (int i = 0; i < PostgresPool.MAX_SERVING_CONNECTIONS; i++) {
                Connection connection = PoolConnections.borrow(storage);
                open.add(connection);
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SHOW transaction_read_only")) {
                    row.next();
                    answers.add(row.getString(1));
                }
            }
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
        return answers;
    }
}
