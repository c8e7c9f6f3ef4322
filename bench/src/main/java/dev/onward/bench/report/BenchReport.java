package dev.onward.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The report in Markdown. */
public record BenchReport(Map<String, String> environment, List<ReportRow> lines) {
    private static final ReportRow HEAD = new ReportRow("what", "Onward", "yardstick", "ratio", "target", "met");

    /** The introduction above the table. */
    private static final String EXPLANATION = """
            # Benchmarks

            Written by `./onward bench` (`--help` explains the options). Server, database and load run on one machine
            and share its cores. Onward and its yardstick are measured right after each other, in several rounds. A
            figure is the median of the rounds, with the lowest and highest in brackets; a ratio is computed per
            round. Ratios carry over to other machines, absolute figures do not.

            The yardstick is the best of pgbench `-M prepared` with 8, 16, 32 and 64 clients. Its INSERT writes the
            session's row; Onward also writes the event. Its transaction writes everything that a first declaration
            writes. If a request gets a wrong answer, the run ends without a table.
            """;

    public String table() {
        List<ReportRow> all = new ArrayList<>(List.of(HEAD));
        all.addAll(lines);
        int[] widths = IntStream.range(0, HEAD.cells().size())
                .map(column -> all.stream()
                        .mapToInt(line -> line.cells().get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> rows = new ArrayList<>(
                all.stream().map(line -> row(line.cells(), widths)).toList());
        rows.add(
                1,
                IntStream.of(widths)
                        .mapToObj(width -> "-".repeat(width))
                        .collect(Collectors.joining(" | ", "| ", " |")));
        return String.join("\n", rows) + "\n";
    }

    private static String row(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> cells.get(column)
                        + " ".repeat(widths[column] - cells.get(column).length()))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    public String environmentText() {
        return environment.entrySet().stream()
                .map(entry -> "- " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    public String markdown() {
        return EXPLANATION + "\n" + environmentText() + "\n" + table();
    }
}
