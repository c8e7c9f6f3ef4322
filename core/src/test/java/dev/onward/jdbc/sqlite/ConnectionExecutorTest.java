package dev.onward.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class ConnectionExecutorTest {
    @TempDir
    private Path folder;

    @Test
    void aFrequentlyUsedConnectionCachesItsStatements() throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("things.db"));
        List<PreparedStatement> prepared = new ArrayList<>();
        try (ConnectionExecutor executor =
                new ConnectionExecutor("lane", 1, source, new SqliteDialect(), new SqliteFiles(List.of()), () -> {})) {
            for (int i = 0; i < 102; i++) {
                prepared.add(executor.run(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
                        return statement.unwrap(PreparedStatement.class);
                    }
                }));
            }
        }
        assertThat(prepared.get(0)).isNotSameAs(prepared.get(1));
        assertThat(prepared.get(100)).isSameAs(prepared.get(101));
    }
}
