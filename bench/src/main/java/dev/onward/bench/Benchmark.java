package dev.onward.bench;

import dev.onward.bench.environment.PostgresInstance;
import dev.onward.bench.load.Wrk;
import dev.onward.bench.measurement.BenchDatabase;
import dev.onward.bench.measurement.BenchEnvironment;
import dev.onward.bench.measurement.Measurement;
import dev.onward.bench.measurement.Measurements;
import dev.onward.bench.process.BenchException;
import dev.onward.bench.process.BenchResources;
import dev.onward.bench.process.Commands;
import dev.onward.bench.process.Fsync;
import dev.onward.bench.process.Machine;
import dev.onward.bench.process.Tools;
import dev.onward.bench.report.BenchReport;
import dev.onward.bench.report.ProgressPrinter;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Unit;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One run: all measurements, round by round, and the report. */
public record Benchmark(Options options, Path root, BenchResources benchResources, String commandLine) {

    void run(PrintStream out) throws IOException {
        Tools tools = Tools.find(options.databases().contains(BenchDatabase.POSTGRESQL));
        List<Measurement> measurements = measurements();
        if (measurements.isEmpty()) {
            throw new BenchException("None of the measurements in --only run on that database.");
        }
        ProgressPrinter progress = new ProgressPrinter(out, InstantSource.system());
        BenchEnvironment environment = new BenchEnvironment(
                new BenchEnvironment.BenchServerSettings(root, folder(), options.run(), options.sessions()),
                tools,
                benchResources,
                progress);
        Map<String, String> details = environmentDetails(environment);
        out.println(new BenchReport(details, List.of()).environmentText());

        progress.expect(expected(measurements).multipliedBy(options.rounds()));
        for (int round = 1; round <= options.rounds(); round++) {
            environment.begin(round);
            for (Measurement measurement : measurements) {
                progress.begin(measurement.expected(options.run()));
                progress.print("round " + round + " of " + options.rounds() + ": " + measurement.name());
                measurement.round(environment);
            }
        }

        List<ReportRow> lines = new ArrayList<>();
        measurements.forEach(measurement -> lines.addAll(measurement.lines()));
        BenchReport report = new BenchReport(details, lines);
        out.println();
        out.println(report.table());
        write(report, out);
    }

    private List<Measurement> measurements() {
        List<Measurement> all = new ArrayList<>(Measurements.standard());
        if (options.big()) {
            all.addAll(Measurements.big());
        }
        all.removeIf(measurement -> !options.includes(measurement));
        return all;
    }

    private Duration expected(List<Measurement> measurements) {
        return measurements.stream()
                .map(measurement -> measurement.expected(options.run()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The folder of this run. Other users may read it, because PostgreSQL runs as its own user. */
    private Path folder() throws IOException {
        Path folder = Files.createTempDirectory(options.folder(), "onward-bench-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        benchResources.register(() -> delete(folder));
        if (Files.getFileStore(folder).type().equals("tmpfs")) {
            throw new BenchException(folder.getParent()
                    + " is in memory, so nothing there is durable. Choose a folder on a" + " disk with --folder");
        }
        return folder;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environmentDetails(BenchEnvironment environment) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("command", "`./onward bench" + (commandLine.isEmpty() ? "" : " " + commandLine) + "`");
        details.put("date", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
        details.put("machine", Machine.detect().text());
        details.put(
                "disk",
                "fsync of 8 KiB takes " + Fsync.measure(environment.folder()).text(Unit.MICROSECONDS) + ", "
                        + fileSystem(environment.folder()));
        details.put("Onward", "commit " + commit(environment.commands()));
        details.put("Java", System.getProperty("java.vendor") + " " + Runtime.version());
        if (options.databases().contains(BenchDatabase.POSTGRESQL)) {
            details.put("PostgreSQL", environment.postgres().version() + " with " + PostgresInstance.settingsText());
        }
        details.put(
                "load",
                environment.wrk().version() + ", " + Wrk.CONNECTIONS + " connections, " + Wrk.THREADS + " threads, "
                        + ProgressPrinter.text(options.run()) + " each, rounds: " + options.rounds());
        return details;
    }

    private static String fileSystem(Path folder) {
        try {
            return Files.getFileStore(folder).type();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String commit(Commands commands) {
        try {
            return commands.run("git", "-C", root.toString(), "describe", "--always", "--dirty", "--abbrev=12")
                    .strip();
        } catch (BenchException e) {
            return "unknown";
        }
    }

    private void write(BenchReport report, PrintStream out) throws IOException {
        if (options.out().isEmpty() && !options.everything()) {
            out.println("No report written, because some measurements were left out. To write one anyway: --out FILE");
            return;
        }
        Path file = options.out().orElse(root.resolve("docs/benchmarks.md"));
        Files.writeString(file, report.markdown());
        out.println("Written to " + file);
    }
}
