package dev.onward.testing;

import dev.onward.definition.BuiltInFlow;
import dev.onward.flow.FlowCatalog;
import dev.onward.session.SessionService;
import dev.onward.transition.IdGenerator;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/** A test of the stores: a migrated database of its own, the sessions on it, and the original beside them. */
public abstract class StoreTest {
    protected final SettableClock clock;
    protected final TestDatabase database;
    protected final SeedSql seed;
    protected final SessionService sessions;

    protected StoreTest(DatabaseKind kind, Instant now) {
        this(kind, now, BuiltInFlow.catalog());
    }

    protected StoreTest(DatabaseKind kind, Instant now, FlowCatalog flows) {
        clock = new SettableClock(now);
        database = TestDatabase.migrated(kind);
        seed = new SeedSql(database);
        sessions = new SessionService(flows, database.database().sessions(), clock, IdGenerator.random());
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }
}
