package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.postgresql.PostgresConnections;
import dev.onward.jdbc.postgresql.PostgresDialect;
import dev.onward.jdbc.transaction.LongReads;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.OnboardingException.ReadCancelled;
import dev.onward.session.LongRead;
import dev.onward.testing.CuttingProxy;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cancel arrives before its query, so the database ignores it. */
@Tag("postgresql")
class LateCancelTest {
    @Test
    void aQueryThatArrivesAfterItsCancelEndsAtItsLimit() throws Exception {
        try (TestDatabase test = TestDatabase.empty(DatabaseKind.POSTGRESQL);
                CuttingProxy proxy = CuttingProxy.to(port(test))) {
            String url = test.jdbcUrl().replace(":" + port(test) + "/", ":" + proxy.port() + "/");
            try (Connection connection = DriverManager.getConnection(url);
                    PostgresConnections connections =
                            new PostgresConnections(giving(connection), WriteLimits.forServing())) {
                LongReads reads =
                        new LongReads(new Transactions(connections, new PostgresDialect(WriteLimits.forServing())));
                AtomicInteger checks = new AtomicInteger();
                BooleanSupplier callerGone = () -> {
                    if (checks.incrementAndGet() == 2) {
                        proxy.allowConnections();
                    }
                    return true;
                };
                proxy.holdExistingConnections();

                assertThatThrownBy(() -> reads.all(
                                new LongRead(Duration.ofSeconds(1), callerGone),
                                "SELECT pg_sleep(60)",
                                _ -> {},
                                row -> row.getString(1)))
                        .isInstanceOf(ReadCancelled.class);
                await("the database's own end of it")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> test.query("SELECT pid FROM pg_stat_activity WHERE state = 'active'"
                                        + " AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()")
                                .isEmpty());
            }
        }
    }

    private static int port(TestDatabase test) {
        return URI.create(test.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    private static DataSource giving(Connection connection) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, _, _) -> connection);
    }
}
