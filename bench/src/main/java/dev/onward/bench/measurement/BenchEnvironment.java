package dev.onward.bench.measurement;

import dev.onward.bench.environment.Launcher;
import dev.onward.bench.environment.PostgresInstance;
import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.environment.SessionIds;
import dev.onward.bench.environment.SessionTable;
import dev.onward.bench.environment.SqlFiles;
import dev.onward.bench.load.LoadResult;
import dev.onward.bench.load.LoadRounds;
import dev.onward.bench.load.Pgbench;
import dev.onward.bench.load.Wrk;
import dev.onward.bench.process.BenchResources;
import dev.onward.bench.process.Commands;
import dev.onward.bench.process.Tools;
import dev.onward.bench.report.ProgressPrinter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** What measurements share: databases, warm servers, and load generators. Each is created when it is first needed. */
public final class BenchEnvironment {
    private static final long SESSIONS = 100_000;
    private static final int STATUS_IDS = 100_000;
    /** How long each kind of request warms a server before it is measured. */
    static final Duration WARMING = Duration.ofSeconds(20);

    private static final String NAME = "onward";

    private final BenchServerSettings settings;
    private final Tools tools;
    private final BenchResources benchResources;
    private final ProgressPrinter progress;
    private final Commands commands;
    private final SqlFiles resources;
    private final Launcher launcher;
    private final Map<String, ServerUnderTest> servers = new HashMap<>();
    private Optional<PostgresInstance> postgres = Optional.empty();
    private Optional<SessionTable> table = Optional.empty();
    private Optional<Boolean> batches = Optional.empty();
    private Optional<BigTable> bigTable = Optional.empty();
    private int round;

    /**
     * @param folder the folder of this run
     * @param bigTable the number of sessions in the big table
     */
    public record BenchServerSettings(Path root, Path folder, Duration run, long bigTable) {}

    public BenchEnvironment(
            BenchServerSettings settings, Tools tools, BenchResources benchResources, ProgressPrinter progress) {
        this.settings = settings;
        this.tools = tools;
        this.benchResources = benchResources;
        this.progress = progress;
        this.commands = new Commands(benchResources, settings.folder());
        this.resources = new SqlFiles(settings.folder());
        this.launcher = new Launcher(commands, settings.root());
    }

    public void begin(int next) {
        round = next;
    }

    int round() {
        return round;
    }

    void print(String what) {
        progress.print(what);
    }

    int seconds() {
        return Math.toIntExact(settings.run().toSeconds());
    }

    public Path folder() {
        return settings.folder();
    }

    SqlFiles resources() {
        return resources;
    }

    Launcher launcher() {
        return launcher;
    }

    public Commands commands() {
        return commands;
    }

    public Wrk wrk() {
        return new Wrk(commands, tools.wrk(), resources);
    }

    public PostgresInstance postgres() {
        if (postgres.isEmpty()) {
            print("starting PostgreSQL");
            postgres = Optional.of(PostgresInstance.start(
                    commands,
                    benchResources,
                    tools.postgres().orElseThrow(),
                    settings.folder().resolve("postgresql")));
        }
        return postgres.get();
    }

    /** The standard table, with 100,000 sessions. */
    SessionTable table() {
        if (table.isEmpty()) {
            table = Optional.of(migrated(NAME, SESSIONS));
            print("loading 100,000 sessions");
            table.get().reset();
        }
        return table.get();
    }

    BigTable bigTable() {
        if (bigTable.isEmpty()) {
            bigTable = Optional.of(BigTable.fill(this, settings.bigTable()));
        }
        return bigTable.get();
    }

    ServerUnderTest bigServer() {
        SessionTable big = bigTable().table();
        return warm("big", big, () -> launcher.execute("big", big.url()));
    }

    SessionTable migrated(String name, long sessions) {
        postgres().create(name);
        launcher.run("migrate", "--db", postgres().url(name));
        return new SessionTable(postgres(), name, resources, sessions);
    }

    Pgbench pgbench() {
        return new Pgbench(commands, postgres(), table().name());
    }

    /** A server on the standard table with the default settings. */
    ServerUnderTest server() {
        return warm("server", table(), () -> launcher.execute("server", table().url()));
    }

    /** A server on the same table without batching; empty if this version cannot batch. */
    Optional<ServerUnderTest> unbatched() {
        return batches()
                ? Optional.of(warm("unbatched", table(), () -> launcher.serveUnbatched("unbatched", table().url())))
                : Optional.empty();
    }

    /** Whether this version of Onward can batch. */
    boolean batches() {
        if (batches.isEmpty()) {
            batches = Optional.of(launcher.batches());
        }
        return batches.get();
    }

    ServerUnderTest warm(String name, SessionTable on, Supplier<ServerUnderTest> start) {
        ServerUnderTest known = servers.get(name);
        if (known != null) {
            return known;
        }
        print("starting and warming a server: " + name);
        ServerUnderTest started = start.get();
        servers.put(name, started);
        for (Wrk.Script script : List.of(live(), starts(), statuses(on))) {
            wrk().run(started, script, Math.toIntExact(WARMING.toSeconds()));
        }
        return started;
    }

    static Wrk.Script live() {
        return Wrk.Script.of("wrk-live.lua");
    }

    static Wrk.Script starts() {
        return Wrk.Script.of("wrk-start.lua");
    }

    Wrk.Script statuses(SessionTable on) {
        List<String> ids = SessionIds.loaded(on.sessions(), STATUS_IDS, new Random(1));
        return Wrk.Script.of("wrk-status.lua", resources.write(on.name() + "-ids", String.join("\n", ids)));
    }

    /** Runs full load and measures the server's CPU time. */
    LoadRounds.LoadRound load(ServerUnderTest server, Wrk.Script script) {
        Duration before = server.figures().cpu();
        LoadResult load = wrk().run(server, script, seconds());
        Duration cpu = server.figures().cpu().minus(before);
        return new LoadRounds.LoadRound(load, cpu.toNanos() / 1000.0 / load.requests());
    }

    /** Runs load over a single connection. */
    LoadRounds.LoadRound singleConnection(ServerUnderTest server, Wrk.Script script) {
        Duration before = server.figures().cpu();
        LoadResult load = wrk().runSingleConnection(server, script, seconds());
        Duration cpu = server.figures().cpu().minus(before);
        return new LoadRounds.LoadRound(load, cpu.toNanos() / 1000.0 / load.requests());
    }
}
