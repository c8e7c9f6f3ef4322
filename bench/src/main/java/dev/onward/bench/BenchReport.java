package dev.onward.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a run came to, as Markdown that is readable as it is. */
record BenchReport(Map<String, String> circumstances, List<ReportRow> lines) {
    private static final ReportRow HEAD = new ReportRow("what", "ours", "yardstick", "ratio", "target", "met");

    /** How to read the table; it stands in the file above it. */
    private static final String EXPLANATION = """
            # Benchmarks

            Written by `./onward bench`, which explains itself with `--help`. Server, database and load run on one machine and
            share its cores. Ours and its yardstick are measured one right after the other, in several rounds; a figure is
            the median of the rounds, with the lowest and the highest in brackets, and a ratio is that of each round. Ratios
            carry over to other machines, absolute figures do not.

            pgbench runs `-M prepared` with 8, 16, 32 and 64 clients, and the best of them is the yardstick. Its INSERT writes
            the session's row, ours the event too; its transaction writes all that a first declaration writes. A request
            that is not answered as it should be ends a run without a table.
            """;

    String table() {
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

    String circumstancesText() {
        return circumstances.entrySet().stream()
                .map(entry -> "- " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    String markdown() {
        return EXPLANATION + "\n" + circumstancesText() + "\n" + table();
    }
}
