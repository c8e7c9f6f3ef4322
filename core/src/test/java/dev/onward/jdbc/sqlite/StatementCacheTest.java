package dev.onward.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class StatementCacheTest {
    private static final String INSERT = "INSERT INTO things (name, note) VALUES (?, ?)";

    @TempDir
    private Path folder;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("things.db"));
        connection = StatementCache.of(source.getConnection());
        connection.createStatement().execute("CREATE TABLE things (name TEXT PRIMARY KEY, note TEXT)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void insert(String name, String note) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, name);
            if (!note.isEmpty()) {
                statement.setString(2, note);
            }
            statement.executeUpdate();
        }
    }

    private List<String> things() throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT name || ':' || coalesce(note, 'none') FROM things");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    @Test
    void preparesAStatementOnceAndReusesIt() throws SQLException {
        PreparedStatement first = connection.prepareStatement(INSERT);
        PreparedStatement cached = first.unwrap(PreparedStatement.class);
        first.close();
        PreparedStatement second = connection.prepareStatement(INSERT);
        assertThat(second.unwrap(PreparedStatement.class)).isSameAs(cached);
        second.close();
    }

    @Test
    void clearsParametersBetweenUses() throws SQLException {
        insert("a", "first");
        insert("b", "");
        assertThat(things()).containsExactlyInAnyOrder("a:first", "b:none");
    }

    @Test
    void concurrentUsesGetDifferentStatements() throws SQLException {
        try (PreparedStatement one = connection.prepareStatement(INSERT);
                PreparedStatement other = connection.prepareStatement(INSERT)) {
            one.setString(1, "a");
            one.setString(2, "one");
            other.setString(1, "b");
            other.setString(2, "other");
            one.executeUpdate();
            other.executeUpdate();
        }
        assertThat(things()).containsExactlyInAnyOrder("a:one", "b:other");
    }

    @Test
    void doesNotReuseAStatementThatFailed() throws SQLException {
        insert("a", "first");
        assertThatThrownBy(() -> insert("a", "again")).isInstanceOf(SQLException.class);
        insert("b", "second");
        assertThat(things()).containsExactlyInAnyOrder("a:first", "b:second");
    }

    @Test
    void seesAChangeOfTheSchema() throws SQLException {
        insert("a", "first");
        things();
        connection.createStatement().execute("ALTER TABLE things ADD COLUMN more TEXT DEFAULT 'x'");
        insert("b", "second");
        assertThat(things()).containsExactlyInAnyOrder("a:first", "b:second");
    }

    @Test
    void limitsTheNumberOfCachedStatements() throws SQLException {
        for (int i = 0; i < 1000; i++) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + i);
                    ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isEqualTo(i);
            }
        }
    }
}
