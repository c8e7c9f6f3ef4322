package dev.onward.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.Database.Health;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Pooler;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.CuttingProxy;
import dev.onward.testing.HotStandby;
import dev.onward.transition.IdGenerator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database's address leads to a hot standby for a while, or its primary fails. */
@Tag("postgresql")
@Order(1)
class HotStandbyTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration WITHIN = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private HotStandby servers;
    private CuttingProxy address;

    @BeforeEach
    void open() {
        servers = HotStandby.start(folder);
        address = CuttingProxy.to(servers.primaryPort());
    }

    @AfterEach
    void close() {
        address.close();
        servers.close();
    }

    @Test
    void aPoolOfReadOnlyConnectionsRecoversAtTheNextCall() throws SQLException {
        try (Storage storage = migrated(throughTheAddress())) {
            fillWithReadOnlyConnections(storage);
            address.leadTo(servers.primaryPort());

            String session = start(storage);

            assertThat(storage.database().sessions().find(session)).isPresent();
            assertThat(storage.health(WITHIN)).isEqualTo(Health.WRITABLE);
            assertThat(readOnlyConnections(storage)).isZero();
        }
    }

    @Test
    void isReadyAgainAtTheFirstCheckWithoutWrites() throws SQLException {
        try (Storage storage = migrated(throughTheAddress())) {
            fillWithReadOnlyConnections(storage);

            assertThat(storage.health(WITHIN)).isEqualTo(Health.READ_ONLY);

            address.leadTo(servers.primaryPort());

            assertThat(storage.health(WITHIN)).isEqualTo(Health.WRITABLE);
            assertThat(readOnlyConnections(storage)).isZero();
        }
    }

    @Test
    void findsThePrimaryAmongSeveralHostsAlsoAfterAPromotion() {
        DatabaseUrl url = url("127.0.0.1:" + servers.standbyPort() + ",127.0.0.1:" + servers.primaryPort()
                + "/postgres?user=postgres&targetServerType=primary");
        try (Storage storage = migrated(url)) {
            String before = start(storage);
            assertThat(storage.health(WITHIN)).isEqualTo(Health.WRITABLE);

            servers.awaitStandby();
            servers.stopPrimary();
            servers.promote();

            await().atMost(TIMEOUT).until(() -> storage.health(WITHIN) == Health.WRITABLE);
            String after = start(storage);
            assertThat(storage.database().sessions().find(before)).isPresent();
            assertThat(storage.database().sessions().find(after)).isPresent();
        }
    }

    /** Simulates a failover that moves the address too early. */
    private void fillWithReadOnlyConnections(Storage storage) throws SQLException {
        servers.awaitStandby();
        address.cut();
        address.leadTo(servers.standbyPort());
        address.allowConnections();
        await().atMost(TIMEOUT).until(() -> storage.database().health(WITHIN) == Health.READ_ONLY);
        int poolSize = PostgresPool.MAX_SERVING_CONNECTIONS;
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < poolSize; i++) {
                connections.add(PoolConnections.borrow(storage));
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
        assertThat(readOnlyConnections(storage)).isEqualTo(poolSize);
    }

    /** Counts the idle connections of the pool. */
    private static long readOnlyConnections(Storage storage) throws SQLException {
        int idle = storage.pool().orElseThrow().getIdleConnections();
        List<Connection> connections = new ArrayList<>();
        long readOnly = 0;
        try {
            for (int i = 0; i < idle; i++) {
                Connection connection = PoolConnections.borrow(storage);
                connections.add(connection);
                readOnly += isReadOnly(connection) ? 1 : 0;
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
        return readOnly;
    }

    private static boolean isReadOnly(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW transaction_read_only")) {
            return row.next() && row.getString(1).equals("on");
        }
    }

    private static String start(Storage storage) {
        return new SessionService(
                        BuiltInFlow.catalog(),
                        storage.database().sessions(),
                        InstantSource.system(),
                        IdGenerator.random())
                .start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session()
                .id();
    }

    private static Storage migrated(DatabaseUrl url) {
        Storage storage = Storage.forServing(new DatabaseAccess(url, Pooler.AUTO, TIMEOUT), BatchSettings.defaults());
        storage.database().migrations().migrate();
        return storage;
    }

    private DatabaseUrl throughTheAddress() {
        return url("127.0.0.1:" + address.port() + "/postgres?user=postgres");
    }

    private static DatabaseUrl url(String rest) {
        return DatabaseUrl.parse("postgresql://" + rest).orElseThrow();
    }
}
