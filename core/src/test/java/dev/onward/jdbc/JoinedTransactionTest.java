package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.Onward;
import dev.onward.OnwardBuilder;
import dev.onward.OnwardStartException;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Onward never commits a transaction of the application. */
@OnEachDatabase
class JoinedTransactionTest {
    private final TestDatabase database;
    private boolean testsConnections;
    private boolean poolAutoCommit = true;
    private Optional<Connection> transaction = Optional.empty();
    private Optional<Thread> owner = Optional.empty();

    JoinedTransactionTest(DatabaseKind kind) {
        database = TestDatabase.migrated(kind);
    }

    @BeforeEach
    void createApplicationTable() {
        database.execute("CREATE TABLE application_rows (id INT)");
    }

    @AfterEach
    void close() throws SQLException {
        if (transaction.isPresent()) {
            transaction.get().close();
        }
        database.close();
    }

    @Test
    void rejectsSpringsTransactionAwareProxyWithTheLineToChange() {
        DataSource proxy = new TransactionAwareDataSourceProxy(database.dataSource());
        for (DataSource rejected : new DataSource[] {proxy, new LazyConnectionDataSourceProxy(proxy)}) {
            OnwardBuilder builder = Onward.builder(rejected);
            assertThatThrownBy(builder::build)
                    .isInstanceOf(OnwardStartException.class)
                    .hasMessageContaining("Onward.builder(proxy.getTargetDataSource())")
                    .hasMessageContaining("onward.using(connection)");
        }
    }

    @Test
    void acceptsSpringsLazyProxy() {
        DataSource lazy = new LazyConnectionDataSourceProxy(database.dataSource());
        TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(lazy));
        JdbcTemplate application = new JdbcTemplate(lazy);
        try (Onward onward = Onward.builder(lazy).build()) {
            String id = onward.sessions().start("genesis").id();
            transactions.executeWithoutResult(status -> {
                onward.sessions().get(id);
                if (database.kind() == DatabaseKind.POSTGRESQL) {
                    application.update("INSERT INTO application_rows VALUES (1)");
                    onward.sessions().complete(id);
                }
                status.setRollbackOnly();
            });
            assertThat(applicationRows()).isEmpty();
            assertThat(onward.sessions().get(id).completed()).isEqualTo(database.kind() == DatabaseKind.POSTGRESQL);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rejectsACallInATransactionThatHasWrittenAndCommitsNothing(boolean autoCommit) throws SQLException {
        if (database.kind() == DatabaseKind.SQLITE) {
            return; // On SQLite, Onward uses its own threads, which no transaction of a caller reaches.
        }
        poolAutoCommit = autoCommit;
        try (Onward onward = Onward.builder(joining()).build()) {
            String id = onward.sessions().start("genesis").id();
            begin();
            insert();
            assertThatThrownBy(() -> onward.sessions().get(id))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Onward.builder(proxy.getTargetDataSource())");
            assertThatThrownBy(() -> onward.sessions().complete(id)).isInstanceOf(IllegalStateException.class);
            rollBack();
            assertThat(applicationRows()).isEmpty();
            assertThat(onward.sessions().complete(id).completed()).isTrue();
        }
    }

    @Test
    void rejectsACallInATransactionThatHasRead() throws SQLException {
        if (database.kind() == DatabaseKind.SQLITE) {
            return;
        }
        try (Onward onward = Onward.builder(joining()).build()) {
            String id = onward.sessions().start("genesis").id();
            begin();
            execute("SELECT 1");
            assertThatThrownBy(() -> onward.sessions().get(id)).isInstanceOf(IllegalStateException.class);
            rollBack();
        }
    }

    @Test
    void rejectsACallInAFailedTransaction() throws SQLException {
        if (database.kind() == DatabaseKind.SQLITE) {
            return;
        }
        try (Onward onward = Onward.builder(joining()).build()) {
            String id = onward.sessions().start("genesis").id();
            begin();
            assertThatThrownBy(() -> execute("SELECT 1 / 0")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> onward.sessions().get(id)).isInstanceOf(IllegalStateException.class);
            rollBack();
        }
    }

    @Test
    void rejectsBuildingInATransactionAndCommitsNothing() throws SQLException {
        begin();
        insert();
        assertThatThrownBy(() -> Onward.builder(joining()).build())
                .hasMessageContaining("Onward.builder(proxy.getTargetDataSource())");
        rollBack();
        assertThat(applicationRows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void worksWithAPoolWithoutAutoCommitWhoseTestQueryBeganATransaction(boolean tests) {
        poolAutoCommit = false;
        testsConnections = tests;
        try (Onward onward = Onward.builder(joining()).build()) {
            String id = onward.sessions().start("genesis").id();
            assertThat(onward.sessions().complete(id).completed()).isTrue();
            assertThat(onward.sessions().get(id).completed()).isTrue();
        }
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions WHERE completed"))
                .containsExactly("1");
    }

    private void begin() throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        transaction = Optional.of(connection);
        owner = Optional.of(Thread.currentThread());
    }

    private void insert() throws SQLException {
        execute("INSERT INTO application_rows VALUES (1)");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = transaction.orElseThrow().createStatement()) {
            statement.execute(sql);
        }
    }

    private void rollBack() throws SQLException {
        Connection ended = transaction.orElseThrow();
        transaction = Optional.empty();
        assertThat(ended.getAutoCommit()).isFalse();
        ended.rollback();
        ended.setAutoCommit(true);
        ended.close();
    }

    private List<String> applicationRows() {
        return database.query("SELECT id FROM application_rows");
    }

    /** Returns the connection of the calling thread's transaction, if there is one, and then ignores its close. */
    private DataSource joining() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, _) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    boolean joined = transaction.isPresent()
                            && owner.filter(Thread.currentThread()::equals).isPresent();
                    return joined ? keptOpen(transaction.get()) : pooled();
                });
    }

    private Connection pooled() throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(poolAutoCommit);
        if (testsConnections) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
            }
        }
        return connection;
    }

    private static Connection keptOpen(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
