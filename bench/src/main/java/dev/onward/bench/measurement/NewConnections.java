package dev.onward.bench.measurement;

import dev.onward.bench.process.BenchException;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Spread;
import dev.onward.bench.report.Unit;
import dev.onward.jdbc.Database;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Pooler;
import dev.onward.server.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The cost of checking each new PostgreSQL connection for a pooler, against an unchecked connection. */
final class NewConnections implements Measurement {
    private static final int PER_ROUND = 40;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final List<Double> checked = new ArrayList<>();
    private final List<Double> unchecked = new ArrayList<>();

    @Override
    public String name() {
        return "connect";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return Duration.ofSeconds(5);
    }

    @Override
    public void round(BenchEnvironment environment) {
        environment.print("  new connections");
        DatabaseUrl url = DatabaseUrl.parse(environment.table().url()).orElseThrow();
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int i = 0; i < PER_ROUND; i++) {
            with.add(millisToFirstAnswer(url, Pooler.AUTO));
            without.add(millisToFirstAnswer(url, Pooler.NONE));
        }
        checked.add(Spread.of(with).median());
        unchecked.add(Spread.of(without).median());
    }

    private static double millisToFirstAnswer(DatabaseUrl url, Pooler pooler) {
        long begin = System.nanoTime();
        try (Storage storage =
                Storage.forServing(new DatabaseAccess(url, pooler, Duration.ZERO), BatchSettings.defaults())) {
            if (storage.health(TIMEOUT) != Database.Health.WRITABLE) {
                throw new BenchException("The database is read-only.");
            }
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(ReportRow.infoRatio(
                "new pool and its connection, checked ÷ unchecked", Unit.MILLISECONDS, checked, unchecked));
    }
}
