package dev.onward.bench.load;

import dev.onward.bench.environment.PostgresInstance;
import dev.onward.bench.process.BenchException;
import dev.onward.bench.process.ChildProgram;
import dev.onward.bench.process.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The yardstick: the throughput of the database with pgbench as its client. */
public record Pgbench(Commands commands, PostgresInstance postgres, String database) {
    /** The client counts to try; the best result is the yardstick. */
    public static final List<Integer> CLIENTS = List.of(8, 16, 32, 64);

    /** A load in the background ends after this time if the benchmark does not end it. */
    private static final int MAX_SECONDS = 3600;

    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("(?m)^number of failed transactions: ([0-9]+)");

    /** @return transactions per second */
    public double run(Path script, int clients, int seconds, Map<String, ?> variables) {
        List<String> load = List.of("-c", Integer.toString(clients), "-j", "2", "-T", Integer.toString(seconds));
        String printed = commands.run(Map.of(), command(script, load, variables));
        return rate(printed).orElseThrow(() -> new BenchException("pgbench failed:\n" + printed));
    }

    /** Starts one client with this many transactions per second. The caller ends it. */
    public ChildProgram start(Path script, int perSecond, Map<String, ?> variables) {
        List<String> load = List.of("-c", "1", "-R", Integer.toString(perSecond), "-T", Integer.toString(MAX_SECONDS));
        return commands.start(Map.of(), command(script, load, variables), "pgbench-" + database);
    }

    private List<String> command(Path script, List<String> load, Map<String, ?> variables) {
        List<String> command = new ArrayList<>(List.of(postgres.program("pgbench"), "-M", "prepared", "-n"));
        command.addAll(load);
        command.addAll(List.of("-f", script.toString()));
        variables.forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
        command.addAll(postgres.address());
        command.add(database);
        return command;
    }

    /** The rate that pgbench printed; empty if there is none or a transaction failed. */
    public static OptionalDouble rate(String printed) {
        Matcher failed = FAILED.matcher(printed);
        Matcher rate = RATE.matcher(printed);
        boolean aborted = printed.contains("aborted")
                || (failed.find() && !failed.group(1).equals("0"));
        return !aborted && rate.find() ? OptionalDouble.of(Double.parseDouble(rate.group(1))) : OptionalDouble.empty();
    }
}
