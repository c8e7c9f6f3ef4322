package dev.onward.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.server.config.DatabaseUrl;
import dev.onward.testing.CuttingProxy;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How long a command waits for PostgreSQL, and what it logs. */
@Tag("postgresql")
class FirstConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final DatabaseUrl.Postgres URL = (DatabaseUrl.Postgres)
            DatabaseUrl.parse("postgresql://ann:s3cret@db/onward").orElseThrow();

    private final List<String> lines = new ArrayList<>();

    @Test
    void waitsForAServerThatStartsLater() throws SQLException {
        connectsOnce(CuttingProxy::cut, Duration.ofMillis(1));

        assertThat(lines.getFirst())
                .startsWith("PostgreSQL at postgresql://ann@db/onward: ")
                .contains("Trying for");
        assertThat(lines.getLast()).isEqualTo("PostgreSQL at postgresql://ann@db/onward answers");
    }

    @Test
    void waitsForASlowServerAndLogsIt() throws SQLException {
        connectsOnce(CuttingProxy::fallSilent, Duration.ofMillis(50));

        assertThat(lines.getFirst()).contains(": no answer. Trying for");
    }

    /** Repairs the connection to the database after the first log line. */
    private void connectsOnce(Consumer<CuttingProxy> trouble, Duration lineEvery) throws SQLException {
        try (TestDatabase database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
                CuttingProxy proxy = CuttingProxy.to(uri(database).getPort())) {
            trouble.accept(proxy);
            String address = database.jdbcUrl().replace(":" + uri(database).getPort(), ":" + proxy.port());
            FirstConnection first =
                    new FirstConnection(URL, () -> DriverManager.getConnection(address), lineEvery, line -> {
                        lines.add(line);
                        proxy.allowConnections();
                    });
            try (Connection connection = first.await(LONG)) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void doesNotWaitAfterAPermanentFailure() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> first(() -> {
                            attempts.incrementAndGet();
                            throw new SQLException("", "28P01");
                        })
                        .await(LONG))
                .withMessageContaining("rejects the user or the password");
        assertThat(attempts).hasValue(1);
        assertThat(lines).isEmpty();
    }

    @Test
    void makesOneAttemptWithoutAWait() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> first(() -> {
                            attempts.incrementAndGet();
                            throw new SQLException("", "08001", new ConnectException());
                        })
                        .await(Duration.ZERO))
                .withMessageContaining("cannot be reached")
                .withMessageContaining("connection refused");
        assertThat(attempts).hasValue(1);
        assertThat(lines).isEmpty();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("connection refused", true, new SQLException("", "08001", new ConnectException())),
                Arguments.of("no answer", true, new SQLException("", "08001", new SocketTimeoutException())),
                Arguments.of("host name not found", true, new SQLException("", "08001", new UnknownHostException())),
                Arguments.of("no route to the host", true, new SQLException("", "08001", new NoRouteToHostException())),
                Arguments.of("still starting", true, new SQLException("", "57P03")),
                Arguments.of("too many connections", true, new SQLException("", "53300")),
                Arguments.of("SQLSTATE 08006", true, new SQLException("", "08006")),
                Arguments.of("user or password rejected", false, new SQLException("", "28P01")),
                Arguments.of("user or password rejected", false, new SQLException("", "28000")),
                Arguments.of("connection rejected", false, new SQLException("", "08004")),
                Arguments.of("no such database", false, new SQLException("", "3D000")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void namesEachFailureWithoutThePassword(String reason, boolean temporary, SQLException failure) {
        ConnectionFailure found = ConnectionFailure.of(URL, failure);

        assertThat(found.reason()).isEqualTo(reason);
        assertThat(found.temporary()).isEqualTo(temporary);
        assertThat(found.problem()).contains("postgresql://ann@db/onward").doesNotContain("s3cret");
    }

    private FirstConnection first(PoolerCheck.Opener attempt) {
        return new FirstConnection(URL, attempt, Duration.ofMinutes(1), lines::add);
    }

    private static URI uri(TestDatabase database) {
        return URI.create(database.jdbcUrl().substring("jdbc:".length()));
    }
}
