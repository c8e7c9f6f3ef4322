package dev.onward.bench.measurement;

import dev.onward.bench.environment.PostgresInstance;
import dev.onward.bench.load.Pgbench;
import dev.onward.bench.process.ChildProgram;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Adopting the original software's table while it is in use. The yardstick writes the same rows in psql. */
final class Adoption implements Measurement {
    private static final long SESSIONS = 1_000_000;
    /** Writes of the original per second. */
    private static final int WRITES_PER_SECOND = 500;

    private static final String BACKFILL_SECONDS = """
            SELECT extract(epoch FROM clock_timestamp()::timestamp - installed_on)
            FROM onboarding_schema_history WHERE version = '1'
            """;

    private final List<Double> adopted = new ArrayList<>();
    private final List<Double> backfilled = new ArrayList<>();
    private final List<Double> yardstick = new ArrayList<>();

    @Override
    public String name() {
        return "big-adoption";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return Duration.ofMinutes(4);
    }

    @Override
    public void round(BenchEnvironment environment) {
        PostgresInstance postgres = environment.postgres();
        String original = "original_" + environment.round();
        environment.print("  filling the original's table");
        create(environment, original);
        ChildProgram writes = startWrites(environment, original);
        environment.print("  adopting it");
        long began = System.nanoTime();
        environment.launcher().run("migrate", "--db", postgres.url(original));
        adopted.add(SESSIONS / ((System.nanoTime() - began) / 1e9));
        backfilled.add(SESSIONS / Double.parseDouble(postgres.sql(original, BACKFILL_SECONDS)));
        environment.commands().end(writes);
        postgres.sql("postgres", "DROP DATABASE " + original + " WITH (FORCE)");

        environment.print("  the same rows in psql");
        String plain = "plain_" + environment.round();
        create(environment, plain);
        postgres.file(plain, environment.resources().file("psql-adoption-tables.sql"), Map.of());
        writes = startWrites(environment, plain);
        began = System.nanoTime();
        postgres.file(
                plain, environment.resources().file("psql-adoption.sql"), Map.of("batch", CleanupInvocation.BATCH));
        yardstick.add(SESSIONS / ((System.nanoTime() - began) / 1e9));
        environment.commands().end(writes);
        postgres.sql("postgres", "DROP DATABASE " + plain + " WITH (FORCE)");
    }

    private static void create(BenchEnvironment environment, String database) {
        environment.postgres().create(database);
        environment
                .postgres()
                .file(database, environment.resources().file("original.sql"), Map.of("sessions", SESSIONS));
        environment.postgres().sql(database, "VACUUM ANALYZE");
    }

    private static ChildProgram startWrites(BenchEnvironment environment, String database) {
        Path script = environment.resources().file("pgbench-original.sql");
        return new Pgbench(environment.commands(), environment.postgres(), database)
                .start(script, WRITES_PER_SECOND, Map.of("sessions", SESSIONS));
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(
                ReportRow.value("adoption: backfilled sessions", backfilled, Target.atLeast(10_000, Unit.PER_SECOND)),
                ReportRow.infoRatio(
                        "adoption as a whole ÷ the same rows in psql", Unit.PER_SECOND, adopted, yardstick));
    }
}
