package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.onward.definition.BuiltInFlow;
import dev.onward.model.ClaimPolicy;
import dev.onward.publishing.OpenSession;
import dev.onward.publishing.ReleaseStore;
import dev.onward.session.DeclarationResult;
import dev.onward.session.EventPosition;
import dev.onward.session.FlowFilter;
import dev.onward.session.SessionFilter;
import dev.onward.session.SessionPage.ListPosition;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TableReads;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How PostgreSQL finds rows in tables that grow faster than its statistics, by its own counters. It keeps the plans of
 * prepared statements, and a plan for a few rows scans the table.
 */
@Tag("postgresql")
class GrowingTableTest {
    private static final List<Integer> SIZES =
            Boolean.getBoolean("onward.long") ? List.of(300, 1_000, 5_000, 20_000, 50_000) : List.of(300, 2_000);

    private static final String TABLES = "onboarding_sessions, onboarding_events, onboarding_kblocks,"
            + " onboarding_profiles, onboarding_idempotency_records";

    /** The number of executions per connection after which PostgreSQL keeps the plan. */
    private static final int UNTIL_PLANS_ARE_KEPT = 24;

    private static final int AT_ONCE = 24;

    /** The maximum number of rows that one round of lookups may read, however large the tables are. */
    private static final long ROWS_OF_A_ROUND = 6_000;

    private final Random random = new Random(27);

    /** @param known the number of rows in each table when its statistics are made */
    @ParameterizedTest(name = "statistics of {0} rows")
    @ValueSource(ints = {0, 1, 300})
    void noLookupScansATableThatGrewFasterThanItsStatistics(int known) throws Exception {
        try (TestDatabase test = TestDatabase.migrated(DatabaseKind.POSTGRESQL)) {
            GrowingTables young = new GrowingTables(test);
            young.grow(0, known);
            young.keepStatistics();
            for (int i = 0; i < UNTIL_PLANS_ARE_KEPT; i++) {
                young.use(Math.max(1, known));
            }
            int size = known;
            for (int larger : SIZES) {
                young.grow(size, larger);
                size = Math.max(size, larger);
                TableReads before = TableReads.of(test);
                young.use(size);
                TableReads after = TableReads.of(test);
                assertThat(after.scannedSince(before)).as("at %s rows", size).isEmpty();
                assertThat(after.byIndexSince(before)).as("at %s rows", size).isLessThan(ROWS_OF_A_ROUND);
            }
        }
    }

    @Test
    void noPageReadsAllRowsThatFollow() throws SQLException {
        try (TestDatabase test = TestDatabase.migrated(DatabaseKind.POSTGRESQL)) {
            GrowingTables young = new GrowingTables(test);
            young.keepStatistics();
            young.grow(0, 5_000);
            TableReads before = TableReads.of(test);
            young.pages();
            TableReads after = TableReads.of(test);
            assertThat(after.scannedSince(before)).isEmpty();
            assertThat(after.byIndexSince(before)).isLessThan(500);
        }
    }

    @Test
    void adoptionUpdatesStatisticsSoThatNoLookupScansTheTable() throws Exception {
        int size = SIZES.getLast();
        try (TestDatabase test = TestDatabase.empty(DatabaseKind.POSTGRESQL)) {
            new SeedSql(test).migration();
            test.execute("ALTER TABLE onboarding_sessions SET (autovacuum_enabled = false)");
            test.execute("INSERT INTO onboarding_sessions (id, user_id, completed) SELECT 's' || i, 'u' || i, i % 3 = 0"
                    + " FROM generate_series(1, " + size + ") i");
            test.database().migrations().migrate();
            assertThat(test.query("SELECT relname, reltuples::int FROM pg_class WHERE relname IN"
                            + " ('onboarding_sessions', 'onboarding_profiles') ORDER BY 1"))
                    .containsExactly("onboarding_profiles|" + size / 3, "onboarding_sessions|" + size);
            assertThat(test.query("SELECT relname FROM pg_stat_user_tables WHERE relname IN"
                            + " ('onboarding_sessions', 'onboarding_events') AND last_analyze IS NOT NULL"))
                    .hasSize(2);
            GrowingTables young = new GrowingTables(test);
            TableReads before = TableReads.of(test);
            for (int i = 0; i < UNTIL_PLANS_ARE_KEPT; i++) {
                young.use(size);
            }
            assertThat(TableReads.of(test).scannedSince(before)).isEmpty();
        }
    }

    /** Sessions in tables that grow. */
    private final class GrowingTables {
        private final TestDatabase test;
        private final SessionService sessions;
        private int round;

        GrowingTables(TestDatabase test) {
            this.test = test;
            // With fewer connections, all of them keep their plans sooner.
            ((HikariDataSource) test.dataSource()).setMaximumPoolSize(5);
            this.sessions = new SessionService(
                    BuiltInFlow.catalog(), test.database().sessions(), InstantSource.system(), IdGenerator.random());
        }

        /** Adds a range of rows as Onward would write them. */
        void grow(int from, int to) {
            String rows = " FROM generate_series(" + (from + 1) + ", " + to + ") i";
            test.execute("INSERT INTO onboarding_sessions (id, user_id, created_at, started_recorded) SELECT 's' || i,"
                    + " 'u' || i, timestamptz '2026-01-01' + i * interval '1 s', true" + rows);
            test.execute("INSERT INTO onboarding_events (id, session_id, flow, flow_version, type, step, revision, at,"
                    + " session_created_at) SELECT 'e' || i, 's' || i, 'genesis', 1, 'started', 'started', 0, now(),"
                    + " timestamptz '2026-01-01' + i * interval '1 s'" + rows);
            test.execute(
                    "INSERT INTO onboarding_kblocks (id, session_id, layer, title, content, loss, confidence, tags,"
                            + " created_at, updated_at) SELECT 'k' || i, 's' || i, 1, 't', 'c', 0, 1, '[]', now(), now()"
                            + rows);
            test.execute("INSERT INTO onboarding_profiles (user_id, flow, completed_at, onboarding) SELECT 'u' || i,"
                    + " 'genesis', now(), true" + rows);
            test.execute(
                    "INSERT INTO onboarding_idempotency_records (id, fingerprint, answer, token, created_at) SELECT"
                            + " encode(sha256(i::text::bytea), 'hex'), '', '', '', now()" + rows);
        }

        /** Makes the current statistics, and prevents later ones. */
        void keepStatistics() {
            for (String table : TABLES.split(", ", -1)) {
                test.execute("ALTER TABLE " + table + " SET (autovacuum_enabled = false)");
            }
            test.execute("ANALYZE " + TABLES);
        }

        /** Runs all queries by session, user or key, alone and in batches, and changes sessions. */
        void use(int size) throws InterruptedException {
            round++;
            List<String> own = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> "own " + round + " " + i)
                    .toList();
            List<Session> started = ended(own.stream()
                    .<Callable<Session>>map(user ->
                            () -> sessions.start(StartRequest.of("genesis").by(user))
                                    .onboarding()
                                    .session())
                    .toList());
            List<DeclarationResult> declared = ended(started.stream()
                    .<Callable<DeclarationResult>>map(session ->
                            () -> sessions.declare(session.id(), new Declaration("I am " + session.id() + "."), keep()))
                    .toList());
            declared.forEach(each -> sessions.kblock(each.kblockId()));
            ended(started.stream()
                    .<Callable<Object>>map(session -> () -> sessions.get(session.id()))
                    .toList());
            alone(started.getFirst(), size);
        }

        private void alone(Session own, int size) {
            String user = "u" + (1 + random.nextInt(size));
            sessions.findForUser(user, new FlowFilter.AnyFlow());
            sessions.findForUser(own.userId().orElseThrow(), new FlowFilter.OneFlow("genesis"));
            sessions.start(StartRequest.of("genesis").by("resuming " + round).resuming());
            sessions.profile(user);
            sessions.idempotencyRecord("no record " + round);
            sessions.events(own.id(), EventPosition.BEGINNING, 50);
            sessions.visit(own.id());
            sessions.list(
                    new SessionFilter(
                            Optional.empty(), Optional.of(user), Optional.empty(), Optional.empty(), Optional.empty()),
                    50);
            Session guest =
                    sessions.start(StartRequest.of("genesis")).onboarding().session();
            sessions.claim(guest.id(), "claimer " + round, ClaimPolicy.KEEP_TARGET, WriteConditions.none());
            sessions.restart(guest.id(), WriteConditions.none());
        }

        /** Runs all queries that continue from a position. */
        private void pages() {
            SessionFilter all = new SessionFilter(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
            ListPosition last = sessions.list(all, 10).next().orElseThrow();
            assertThat(sessions.listAfter(last, all, 10).sessions()).hasSize(10);
            ReleaseStore.OutdatedSessions by = new ReleaseStore.OutdatedSessions("genesis", 2, Instant.EPOCH);
            OpenSession.OpenSessionPosition position =
                    test.database().releases().openSessions(by, 1).getLast().position();
            assertThat(test.database().releases().openSessionsAfter(position, by, 10))
                    .isNotEmpty();
            assertThat(test.database().backfill()).isZero();
        }

        private static <R> WriteConditions<R> keep() {
            String id = IdGenerator.random().next() + IdGenerator.random().next();
            return new WriteConditions<>(
                    Optional.empty(),
                    Optional.of(new WriteConditions.Idempotency<>(id.substring(0, 64), "f", _ -> "{}")));
        }

        private static <T> List<T> ended(List<Callable<T>> calls) throws InterruptedException {
            return ConcurrentCalls.run(calls).stream()
                    .map(ConcurrentCalls.CallOutcome::result)
                    .toList();
        }
    }
}
