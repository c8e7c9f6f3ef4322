package dev.onward.bench;

import dev.onward.bench.inprocess.InProcess;
import dev.onward.bench.process.BenchException;
import dev.onward.bench.process.BenchResources;
import dev.onward.server.cli.Arguments;
import dev.onward.server.cli.Usage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.cli.ParseException;

/** The main class of {@code ./onward bench}. The system property {@code onward.root} names Onward's folder. */
public final class BenchMain {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE_ERROR = 2;

    private BenchMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) {
        try (BenchResources benchResources = new BenchResources()) {
            Arguments parsed = Options.USAGE.parse(arguments);
            if (parsed.has(Usage.HELP)) {
                Options.USAGE.print(System.out);
                return DONE;
            }
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(benchResources::close));
            Path root = Path.of(System.getProperty("onward.root", ".")).toAbsolutePath();
            Options options = Options.of(parsed);
            if (options.inProcess()) {
                InProcess.run();
                return DONE;
            }
            return run(new Benchmark(options, root, benchResources, String.join(" ", arguments)), benchResources);
        } catch (ParseException e) {
            System.err.println(e.getMessage());
            System.err.println("For all options, run: ./onward bench --help");
            return USAGE_ERROR;
        }
    }

    private static int run(Benchmark benchmark, BenchResources benchResources) {
        try {
            benchmark.run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
            return DONE;
        } catch (BenchException | IOException e) {
            if (!benchResources.closed()) {
                System.err.println(e.getMessage());
            }
            return FAILED;
        }
    }
}
