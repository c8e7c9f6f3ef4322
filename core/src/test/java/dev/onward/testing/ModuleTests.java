package dev.onward.testing;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the test classes of the module in whose folder this JVM was started. {@code ./onward test} starts it for one module
 * after the other while later modules are compiled, and beside the browser's tests; Maven alone tests a module before it
 * compiles the next one.
 *
 * <p>Most tests wait most of the time, so a few threads each run one class after the other. (JUnit's own parallel mode
 * runs parameterized classes, which are most of these, one at a time.) Long-running classes are {@code @Order(1)} and
 * begin first. Classes that change the state of the JVM, such as its time zone, are {@code @Isolated} and run alone, at
 * the end.
 *
 * <p>Arguments: the number of threads, and which part of how many to run, counted from 0, such as {@code 4 0 2}; then
 * the beginnings of the full names of the classes to run, all if there are none. With one thread, all classes share
 * JUnit's root context. The exit code is 1 if a test failed or there was none.
 */
final class ModuleTests {
    private static final Path CLASSES = Path.of("target", "test-classes");
    private static final int MAX_FAILURE_LINES = 40;

    private ModuleTests() {}

    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[0]);
        List<String> prefixes = arguments.length > 3 ? List.of(arguments).subList(3, arguments.length) : List.of("");
        List<Class<?>> classes = classes(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), prefixes);
        List<TestExecutionSummary> summaries = threads == 1 ? List.of(run(classes)) : run(classes, threads);
        PrintWriter output = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        summaries.forEach(summary -> summary.printFailuresTo(output, MAX_FAILURE_LINES));
        boolean failed = summaries.stream().anyMatch(summary -> summary.getTotalFailureCount() > 0);
        boolean passed = summaries.stream().anyMatch(summary -> summary.getTestsSucceededCount() > 0);
        // Exits explicitly, because a test may have left a thread behind.
        System.exit(passed && !failed ? 0 : 1);
    }

    private static List<TestExecutionSummary> run(List<Class<?>> classes, int threads)
            throws InterruptedException, ExecutionException {
        Queue<Class<?>> waiting = new ConcurrentLinkedQueue<>();
        classes.stream().filter(type -> !isIsolated(type)).forEach(waiting::add);
        List<TestExecutionSummary> summaries = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            Callable<List<TestExecutionSummary>> worker = () -> runAll(waiting);
            for (Future<List<TestExecutionSummary>> ended : executor.invokeAll(Collections.nCopies(threads, worker))) {
                summaries.addAll(ended.get());
            }
        }
        classes.stream().filter(ModuleTests::isIsolated).forEach(type -> summaries.add(run(List.of(type))));
        return summaries;
    }

    private static List<TestExecutionSummary> runAll(Queue<Class<?>> waiting) {
        List<TestExecutionSummary> summaries = new ArrayList<>();
        for (Class<?> type = waiting.poll(); type != null; type = waiting.poll()) {
            summaries.add(run(List.of(type)));
        }
        return summaries;
    }

    private static TestExecutionSummary run(List<Class<?>> classes) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(classes.stream()
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .build(),
                        listener);
        return listener.getSummary();
    }

    private static List<Class<?>> classes(int part, int parts, List<String> prefixes) throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            List<Class<?>> found = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = CLASSES.relativize(file).toString();
                if (name.endsWith("Test.class") && name.indexOf('$') < 0) {
                    found.add(load(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.')));
                }
            }
            found.removeIf(type -> prefixes.stream().noneMatch(type.getName()::startsWith));
            found.removeIf(type -> Modifier.isAbstract(type.getModifiers()));
            found.sort(Comparator.comparingInt(ModuleTests::order));
            return IntStream.range(0, found.size())
                    .filter(i -> i % parts == part)
                    .<Class<?>>mapToObj(found::get)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ModuleTests.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int order(Class<?> type) {
        Order order = type.getAnnotation(Order.class);
        return order == null ? Order.DEFAULT : order.value();
    }

    private static boolean isIsolated(Class<?> type) {
        return type.isAnnotationPresent(Isolated.class);
    }
}
