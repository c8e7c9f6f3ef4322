package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several nodes start at the same moment on an empty database. */
@Tag("postgresql")
class NodesMigrateAtOnceTest {
    private static final int NODES = 4;

    @Test
    void oneNodeMigratesAndTheOthersFindNothingToDo() throws Exception {
        try (TestDatabase database = TestDatabase.empty(DatabaseKind.POSTGRESQL);
                ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            Migrations migrations = database.database().migrations();
            int scripts = migrations.pending().size();
            CountDownLatch together = new CountDownLatch(NODES);
            List<Future<List<Migrations.PendingMigration>>> done = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                done.add(nodes.submit(() -> {
                    together.countDown();
                    together.await();
                    return migrations.migrate();
                }));
            }

            int ran = 0;
            for (Future<List<Migrations.PendingMigration>> node : done) {
                ran += node.get().size();
            }

            assertThat(ran).isEqualTo(scripts);
            assertThat(migrations.pending()).isEmpty();
            assertThat(database.query("SELECT script FROM onboarding_schema_history WHERE script LIKE 'V%'"))
                    .hasSize(scripts);
        }
    }
}
