package dev.onward.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Records which tests ran and on which database, because Surefire's reports number the invocations of a parameterized
 * class without naming them. Each test is one line of {@code target/tests-run/<process>-<execution>.tsv}: database,
 * outcome, class, test, message. {@code <process>-<execution>.times} has a line for each class: seconds, class,
 * database. With {@code -Donward.tests.progress=true}, a line is also printed whenever a class has finished on a
 * database.
 *
 * <p>A test runs on the database that names an enclosing invocation, or with which it is tagged; the system property
 * {@code onward.tests.where} overrides both for a whole module. JUnit finds this class by itself.
 */
public final class TestTally implements TestExecutionListener {

    private static final String NO_DATABASE = "no database";
    private static final String POSTGRESQL = "PostgreSQL " + majorVersionOfPostgres();

    private static final AtomicInteger EXECUTIONS = new AtomicInteger();

    private final boolean progress = Boolean.getBoolean("onward.tests.progress");
    private final Map<String, List<Line>> unfinished = new HashMap<>();
    private final List<Line> written = new ArrayList<>();
    private final Map<String, Long> started = new HashMap<>();
    private final List<String> times = new ArrayList<>();
    private Optional<TestPlan> plan = Optional.empty();

    private enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    private record Line(String where, Outcome outcome, String className, String test, String message) {

        String text() {
            return String.join("\t", where, outcome.name(), className, test, message);
        }
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan execution) {
        plan = Optional.of(execution);
    }

    @Override
    public synchronized void executionStarted(TestIdentifier identifier) {
        if (identifier.isContainer()) {
            started.put(identifier.getUniqueId(), System.nanoTime());
        }
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier identifier, String reason) {
        if (identifier.isTest()) {
            add(identifier, Outcome.SKIPPED, reason);
            return;
        }
        List<TestIdentifier> tests = plan().getDescendants(identifier).stream()
                .filter(TestIdentifier::isTest)
                .toList();
        (tests.isEmpty() ? List.of(identifier) : tests).forEach(test -> add(test, Outcome.SKIPPED, reason));
        printProgress(identifier);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        String message = result.getThrowable().map(Throwable::toString).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (identifier.isTest()) {
                    add(identifier, Outcome.PASSED, message);
                }
            }
            case FAILED -> add(identifier, Outcome.FAILED, message);
            case ABORTED -> add(identifier, Outcome.SKIPPED, message);
        }
        printProgress(identifier);
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan finished) {
        Path folder = Path.of(System.getProperty("basedir", "."), "target", "tests-run");
        String execution = ProcessHandle.current().pid() + "-" + EXECUTIONS.incrementAndGet();
        try {
            Files.createDirectories(folder);
            write(
                    folder.resolve(execution + ".tsv"),
                    written.stream().map(Line::text).toList());
            write(folder.resolve(execution + ".times"), times);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test's name or message may contain half of a surrogate pair, which UTF-8 cannot encode: it becomes a "?". */
    private static void write(Path file, List<String> lines) throws IOException {
        Files.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void add(TestIdentifier identifier, Outcome outcome, String message) {
        TestIdentifier owner = owner(identifier);
        Line line = new Line(where(identifier), outcome, className(identifier), testName(identifier), oneLine(message));
        written.add(line);
        unfinished.computeIfAbsent(owner.getUniqueId(), id -> new ArrayList<>()).add(line);
    }

    private void printProgress(TestIdentifier finished) {
        Optional<Long> since = Optional.ofNullable(started.remove(finished.getUniqueId()));
        List<Line> lines = unfinished.remove(finished.getUniqueId());
        if (lines == null) {
            return;
        }
        Line first = lines.getFirst();
        String name = first.className().replaceFirst("^.*\\.", "");
        String seconds = String.format(
                Locale.ROOT,
                "%.1f",
                since.map(start -> System.nanoTime() - start).orElse(0L) / 1e9);
        times.add(String.join("\t", seconds, name, first.where()));
        if (progress) {
            // Prints it at once, because other tests print too.
            System.out.println("tests: " + name + " on " + first.where() + ": " + count(lines, Outcome.PASSED)
                    + " passed, " + count(lines, Outcome.FAILED) + " failed, " + count(lines, Outcome.SKIPPED)
                    + " skipped, " + seconds + " s");
        }
    }

    private static long count(List<Line> lines, Outcome outcome) {
        return lines.stream().filter(line -> line.outcome() == outcome).count();
    }

    private TestPlan plan() {
        return plan.orElseThrow();
    }

    /** The identifier itself, then its parents, outermost last. */
    private List<TestIdentifier> upwards(TestIdentifier identifier) {
        List<TestIdentifier> found = new ArrayList<>();
        for (Optional<TestIdentifier> at = Optional.of(identifier); at.isPresent(); at = plan().getParent(at.get())) {
            found.add(at.get());
        }
        return found;
    }

    /** An invocation of a parameterized class, otherwise the outermost class. */
    private TestIdentifier owner(TestIdentifier identifier) {
        List<TestIdentifier> upwards = upwards(identifier);
        return upwards.stream()
                .filter(at -> kind(at).equals("class-template-invocation"))
                .findFirst()
                .orElse(upwards.get(Math.max(0, upwards.size() - 2)));
    }

    private String className(TestIdentifier identifier) {
        List<TestIdentifier> upwards = upwards(identifier);
        TestIdentifier outermost = upwards.get(Math.max(0, upwards.size() - 2));
        return UniqueId.parse(outermost.getUniqueId()).getLastSegment().getValue();
    }

    private String testName(TestIdentifier identifier) {
        String name = identifier.getDisplayName();
        return kind(identifier).equals("test-template-invocation")
                ? plan().getParent(identifier).orElseThrow().getDisplayName() + " " + name
                : name;
    }

    private String where(TestIdentifier identifier) {
        String everywhere = System.getProperty("onward.tests.where", "");
        if (!everywhere.isEmpty()) {
            return everywhere;
        }
        Stream<String> invocations = upwards(identifier).stream()
                .filter(at -> kind(at).endsWith("template-invocation"))
                .map(at -> at.getDisplayName().replaceFirst("^\\[\\d+] (\\w+ ?= ?)?", ""));
        Stream<String> tags = identifier.getTags().stream().map(TestTag::getName);
        return Stream.concat(invocations, tags)
                .flatMap(name -> databaseNamed(name).stream())
                .findFirst()
                .orElse(NO_DATABASE);
    }

    private static Optional<String> databaseNamed(String name) {
        if (name.equalsIgnoreCase("sqlite")) {
            return Optional.of("SQLite");
        }
        return name.equalsIgnoreCase("postgresql") ? Optional.of(POSTGRESQL) : Optional.empty();
    }

    private static String kind(TestIdentifier identifier) {
        return identifier.getUniqueIdObject().getLastSegment().getType();
    }

    private static String majorVersionOfPostgres() {
        return System.getProperty("postgres.binaries.version", "").replaceFirst("\\..*", "");
    }

    private static String oneLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
