package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onward.definition.BuiltInFlow;
import dev.onward.retention.AbandonedSession;
import dev.onward.retention.RetentionHours;
import dev.onward.session.SessionFilter;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.SettableClock;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM, the database and each test use three different time zones. */
@OnEachDatabase
@Isolated
class TimeZoneTest {
    private static final TimeZone BUILD = TimeZone.getDefault();

    private final DatabaseKind kind;
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private TestDatabase test;
    private HikariDataSource pool;
    private Database database;
    private SeedSql seed;
    private SessionService sessions;

    TimeZoneTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        test = TestDatabase.migrated(kind);
        seed = new SeedSql(test);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(test.jdbcUrl());
        config.setMinimumIdle(0);
        config.setConnectionInitSql(test.sql("SELECT 1", "SET TIME ZONE 'America/St_Johns'"));
        pool = new HikariDataSource(config);
        database = Database.open(pool);
        sessions = new SessionService(BuiltInFlow.catalog(), database.sessions(), clock, IdGenerator.random());
    }

    @AfterEach
    void close() {
        TimeZone.setDefault(BUILD);
        database.close();
        pool.close();
        test.close();
    }

    private Session startAt(Instant time) {
        clock.set(time);
        return sessions.start(StartRequest.of("genesis").by("ada")).onboarding().session();
    }

    @Test
    void theBuildRunsInAZoneOtherThanUtc() {
        assertThat(BUILD.getRawOffset()).isNotZero();
        assertThat(test.query("SELECT 1")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-03-29T00:59:59.999999Z",
                "2026-03-29T01:00:00.000001Z",
                "2026-03-29T02:30:00.123456Z",
                "2026-10-25T00:30:00.100000Z",
                "2026-10-25T01:30:00.000010Z",
                "2026-11-01T05:59:59.999999Z",
                "2026-12-31T23:59:59.999999Z",
                "2400-02-29T12:00:00.000001Z"
            })
    void storesTimesToTheMicrosecond(Instant time) {
        for (String zone : List.of("Asia/Kathmandu", "Europe/Berlin", "America/New_York")) {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            Session started = startAt(time);
            assertThat(sessions.get(started.id()).session().createdAt()).isEqualTo(time);
            String kblock =
                    sessions.declare(started.id(), new Declaration("Mine.")).kblockId();
            Session declared = sessions.get(started.id()).session();
            assertThat(declared.completedAt()).contains(time);
            assertThat(declared.updatedAt()).isEqualTo(time);
            assertThat(sessions.kblock(kblock).createdAt()).isEqualTo(time);
            assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(time);
            assertThat(seed.events(started.id())).allMatch(event -> event.endsWith("|" + SeedSql.text(time)));
        }
    }

    @Test
    void truncatesTimesToMicrosecondsBeforeReturningThem() {
        Session started = startAt(Instant.parse("2026-03-29T01:00:00.123456789Z"));
        assertThat(started.createdAt()).isEqualTo(Instant.parse("2026-03-29T01:00:00.123456Z"));
        assertThat(sessions.get(started.id()).session()).isEqualTo(started);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-29T00:00:00Z",
        "Europe/Berlin, 2026-10-25T00:00:00Z",
        "America/New_York, 2026-03-08T06:00:00Z",
        "America/New_York, 2026-11-01T05:00:00Z",
        "America/St_Johns, 2026-11-01T03:30:00Z"
    })
    void sessionsKeepTheirOrderAcrossAChangeOfTheClocks(String zone, Instant from) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            newestFirst.addFirst(startAt(from.plus(Duration.ofMinutes(15L * i))).id());
        }
        assertThat(sessions.list(SessionFilter.all(), 20).sessions())
                .extracting(Session::id)
                .containsExactlyElementsOf(newestFirst);
    }

    private List<AbandonedSession> abandoned(Instant asOf) {
        return database.retention().abandoned(asOf, RetentionHours.DEFAULT, AbandonedSession.BEFORE_ALL, 10);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-28T12:00:00.5Z",
        "Europe/Berlin, 2026-10-24T12:00:00.5Z",
        "America/St_Johns, 2026-10-31T12:00:00.5Z",
        "America/St_Johns, 2026-03-07T12:00:00.5Z"
    })
    void anHourIsAnHourOnDaysOf23Or25Hours(String zone, Instant created) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        String id = startAt(created).id();
        Instant due = created.plus(Duration.ofHours(24));
        assertThat(abandoned(due)).isEmpty();
        assertThat(database.retention().delete(List.of(id), due, RetentionHours.DEFAULT))
                .isZero();
        assertThat(abandoned(due.plusMillis(1)))
                .extracting(AbandonedSession::id)
                .containsExactly(id);
        assertThat(database.retention().delete(List.of(id), due.plusMillis(1), RetentionHours.DEFAULT))
                .isEqualTo(1);
    }

    @Test
    void rowsOfTheOriginalSortByTimeAmongOnwards() {
        Instant noon = Instant.parse("2026-10-25T00:59:59.999999Z");
        String first = startAt(noon).id();
        seed.start("second", "ada", noon.plusNanos(1_000));
        String third = startAt(noon.plusNanos(2_000)).id();
        seed.start("fourth", "ada", noon.plus(Duration.ofHours(1)));
        assertThat(test.query("SELECT id FROM onboarding_sessions ORDER BY created_at"))
                .containsExactly(first, "second", third, "fourth");
        assertThat(sessions.get("second").session().createdAt()).isEqualTo(noon.plusNanos(1_000));
    }

    @Test
    void columnDefaultsWriteTheCurrentTime() {
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
        Instant before = Instant.now().minusMillis(5);
        seed.insert("id", "bare");
        Session session = sessions.get("bare").session();
        assertThat(session.createdAt()).isBetween(before, Instant.now().plusMillis(5));
        assertThat(session.updatedAt()).isEqualTo(session.createdAt());
    }

    @Test
    void readsTimesInOtherFormats() {
        if (kind == DatabaseKind.POSTGRESQL) {
            test.execute("INSERT INTO onboarding_sessions (id, created_at) VALUES ('s', '2026-03-29 07:45:00+05:45')");
            assertThat(sessions.get("s").session().createdAt()).isEqualTo(Instant.parse("2026-03-29T02:00:00Z"));
            return;
        }
        for (String form : List.of(
                "2026-03-29 02:00:00",
                "2026-03-29 02:00:00.0",
                "2026-03-29 02:00:00.000",
                "2026-03-29 02:00",
                "2026-03-29T02:00:00Z",
                "2026-03-29T02:00:00.000000+00:00",
                "2026-03-29 07:45:00+05:45",
                "2026-03-29T07:45:00.000+0545")) {
            test.execute("INSERT INTO onboarding_sessions (id, created_at) VALUES ('" + form + "', '" + form + "')");
            assertThat(sessions.get(form).session().createdAt())
                    .as(form)
                    .isEqualTo(Instant.parse("2026-03-29T02:00:00Z"));
        }
    }

    @Test
    void sqliteKeepsTimesInTheOriginalsForm() {
        Session started = startAt(Instant.parse("2026-03-29T02:00:00Z"));
        sessions.declare(started.id(), new Declaration("Mine."));
        for (String column : List.of(
                "onboarding_sessions.created_at",
                "onboarding_sessions.updated_at",
                "onboarding_sessions.completed_at",
                "onboarding_events.at",
                "onboarding_events.session_created_at",
                "onboarding_kblocks.created_at",
                "onboarding_kblocks.updated_at",
                "onboarding_profiles.completed_at")) {
            String table = column.split("\\.", 2)[0];
            assertThat(test.query("SELECT DISTINCT " + seed.shown(column) + " FROM " + table))
                    .as(column)
                    .containsExactly("2026-03-29 02:00:00.000000");
        }
    }
}
