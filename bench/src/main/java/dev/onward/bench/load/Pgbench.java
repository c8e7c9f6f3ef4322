package dev.onward.bench.load;

import dev.onward.bench.environment.PostgresInstance;
import dev.onward.bench.process.BenchException;
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

    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("(?m)^number of failed transactions: ([0-9]+)");

    /** @return transactions per second */
    public double run(Path script, int clients, int seconds, Map<String, ?> variables) {
        List<String> command = new ArrayList<>(List.of(postgres.program("pgbench"), "-M", "prepared", "-n"));
        command.addAll(List.of("-c", Integer.toString(clients), "-j", "2", "-T", Integer.toString(seconds)));
        command.addAll(List.of("-f", script.toString()));
        variables.forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
        command.addAll(postgres.address());
        command.add(database);
        String printed = commands.run(Map.of(), command);
        return rate(printed).orElseThrow(() -> new BenchException("pgbench failed:\n" + printed));
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
