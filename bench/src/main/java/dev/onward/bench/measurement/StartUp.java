package dev.onward.bench.measurement;

import dev.onward.bench.environment.Launcher;
import dev.onward.bench.environment.PostgresInstance;
import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.process.BenchException;
import dev.onward.bench.process.ChildProgram;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The time from the start of the JVM to the first 200 response, on a migrated database. */
final class StartUp implements Measurement {
    private static final int STARTS_PER_ROUND = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 1_000_000;
    private static final byte[] QUESTION = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final String ANSWER = "HTTP/1.1 200";

    private final BenchDatabase database;
    private final List<Double> cached = new ArrayList<>();
    private final List<Double> uncached = new ArrayList<>();

    StartUp(BenchDatabase database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public BenchDatabase database() {
        return database;
    }

    @Override
    public Duration expected(Duration run) {
        return Duration.ofSeconds(5 + 4 * STARTS_PER_ROUND);
    }

    @Override
    public void round(BenchEnvironment bench) {
        String url = switch (database) {
            case SQLITE -> "sqlite:" + bench.folder().resolve("startup.db");
            case POSTGRESQL -> bench.table().url();
        };
        bench.print("  start-up on " + database.word());
        List<String> with = commandOfJvm(bench, url, Map.of());
        List<String> without = commandOfJvm(bench, url, Launcher.WITHOUT_CACHE);
        for (int i = 0; i < STARTS_PER_ROUND; i++) {
            uncached.add(secondsToFirstAnswer(bench, without));
            if (!with.equals(without)) {
                cached.add(secondsToFirstAnswer(bench, with));
            }
        }
    }

    /** The command with which the launcher starts the JVM. */
    private static List<String> commandOfJvm(BenchEnvironment bench, String url, Map<String, String> environment) {
        ServerUnderTest server = bench.launcher().execute("startup", url, environment, List.of());
        List<String> command = server.figures().commandLine();
        bench.launcher().stop(server);
        return command;
    }

    private static double secondsToFirstAnswer(BenchEnvironment bench, List<String> serve) {
        int port = PostgresInstance.freePort();
        List<String> command = new ArrayList<>(serve);
        command.set(command.indexOf("--port") + 1, Integer.toString(port));
        long begin = System.nanoTime();
        ChildProgram running = bench.commands().start(Map.of(), command, "startup");
        while (!answers(port)) {
            if (!running.process().isAlive() || System.nanoTime() - begin > TIMEOUT.toNanos()) {
                throw new BenchException("The server did not start:\n" + running.output());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        bench.commands().end(running);
        return seconds;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(QUESTION);
            return new String(in.readNBytes(ANSWER.length()), StandardCharsets.US_ASCII).equals(ANSWER);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public List<ReportRow> lines() {
        String on = "start-up on " + database.word();
        return List.of(
                cached.isEmpty()
                        ? ReportRow.notMeasured(on + ", with the AOT cache", "no AOT cache available")
                        : ReportRow.value(on + ", with the AOT cache", cached, Target.atMost(0.5, Unit.SECONDS)),
                ReportRow.value(on + ", without the AOT cache", uncached, Target.atMost(1.1, Unit.SECONDS)));
    }
}
