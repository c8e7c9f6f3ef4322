package dev.onward.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the test classes of the module in whose folder this JVM was started. {@code ./onward test} starts it as soon as a
 * module is compiled, so that modules are tested side by side; Maven tests a module before it compiles the next one.
 *
 * <p>Arguments: which part of how many, counted from 0, such as {@code 0 2}; then the beginnings of the full names of the
 * classes to run, all if there are none. The exit code is 1 if a test failed or there was none.
 */
final class ModuleTests {
    private static final Path CLASSES = Path.of("target", "test-classes");
    private static final int MOST_FAILURE_LINES = 40;

    private ModuleTests() {}

    public static void main(String[] arguments) throws IOException {
        List<String> beginnings = arguments.length > 2 ? List.of(arguments).subList(2, arguments.length) : List.of("");
        List<ClassSelector> classes =
                classes(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), beginnings);
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(classes)
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), MOST_FAILURE_LINES);
        boolean passed = summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0;
        // Not by returning: a test may have left a thread behind.
        System.exit(passed ? 0 : 1);
    }

    private static List<ClassSelector> classes(int part, int parts, List<String> beginnings) throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            List<String> names = files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith("Test.class") && file.indexOf('$') < 0)
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> beginnings.stream().anyMatch(name::startsWith))
                    .sorted()
                    .toList();
            return IntStream.range(0, names.size())
                    .filter(i -> i % parts == part)
                    .mapToObj(i -> selectClass(names.get(i)))
                    .toList();
        }
    }
}
