package dev.onward.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The yardstick: what the database does when its own client asks. */
record Pgbench(Commands commands, PostgresInstance postgres, String database) {
    /** Of these client counts the best one counts. */
    static final List<Integer> CLIENTS = List.of(8, 16, 32, 64);

    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("(?m)^number of failed transactions: ([0-9]+)");

    /** @return transactions per second */
    double run(Path script, int clients, int seconds, Map<String, ?> variables) {
        List<String> command = new ArrayList<>(List.of(postgres.program("pgbench"), "-M", "prepared", "-n"));
        command.addAll(List.of("-c", Integer.toString(clients), "-j", "2", "-T", Integer.toString(seconds)));
        command.addAll(List.of("-f", script.toString()));
        variables.forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
        command.addAll(postgres.address());
        command.add(database);
        String printed = commands.run(Map.of(), command);
        return rate(printed).orElseThrow(() -> new BenchException("pgbench did not do all it was to do:\n" + printed));
    }

    /** Empty where a transaction failed, or there is none. */
    static OptionalDouble rate(String printed) {
        Matcher failed = FAILED.matcher(printed);
        Matcher rate = RATE.matcher(printed);
        boolean aborted = printed.contains("aborted")
                || (failed.find() && !failed.group(1).equals("0"));
        return !aborted && rate.find() ? OptionalDouble.of(Double.parseDouble(rate.group(1))) : OptionalDouble.empty();
    }
}
