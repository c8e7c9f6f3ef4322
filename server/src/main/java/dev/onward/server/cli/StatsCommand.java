package dev.onward.server.cli;

import dev.onward.analytics.AnalyticsStore;
import dev.onward.analytics.FlowFigures;
import dev.onward.server.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.cli.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Says how each flow does. */
public final class StatsCommand implements Command {
    private static final String JSON = "--json";
    private static final List<Column> COLUMNS = List.of(
            new Column("flow", figures -> figures.flow()),
            new Column("started", figures -> number(figures.started())),
            new Column("completed", figures -> number(figures.completed())),
            new Column("rate", figures -> percent(figures.completionRate())),
            new Column("open", figures -> number(figures.open())),
            new Column("dropped", figures -> number(figures.dropped())));

    private final Console console;

    private record Column(String title, Function<FlowFigures, String> value) {
        int width(List<FlowFigures> rows) {
            return Math.max(
                    title.length(),
                    rows.stream().map(value).mapToInt(String::length).max().orElse(0));
        }
    }

    public StatsCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "stats";
    }

    @Override
    public String description() {
        return "Says how many people start, finish and drop off, and where.";
    }

    @Override
    public List<Option> options() {
        return List.of(Usage.flag(JSON, "As JSON."));
    }

    @Override
    public int run(Settings settings, Arguments arguments) {
        List<FlowFigures> figures = CurrentSchema.with(settings.databaseAccess(), database -> {
            AnalyticsStore analytics = database.analytics();
            return analytics.figures();
        });
        console.out()
                .println(
                        arguments.has(JSON)
                                ? asJson(figures)
                                : figures.isEmpty() ? "Nobody has started yet." : asTable(figures));
        return 0;
    }

    private static String asTable(List<FlowFigures> rows) {
        StringBuilder table = new StringBuilder();
        line(table, rows, Column::title);
        for (FlowFigures row : rows) {
            line(table, rows, column -> column.value().apply(row));
        }
        for (FlowFigures row : rows) {
            if (!row.dropOffs().isEmpty()) {
                table.append("\nWhere people leave ").append(row.flow()).append(":\n");
                row.dropOffs()
                        .forEach(at -> table.append("  after ")
                                .append(at.step())
                                .append(": ")
                                .append(Words.count(at.sessions(), "session"))
                                .append('\n'));
            }
        }
        return table.toString().stripTrailing();
    }

    /** The first column is text, the others are numbers. */
    private static void line(StringBuilder table, List<FlowFigures> rows, Function<Column, String> cell) {
        for (Column column : COLUMNS) {
            boolean first = column.equals(COLUMNS.getFirst());
            String padding = " ".repeat(column.width(rows) - cell.apply(column).length());
            table.append(first ? cell.apply(column) + padding : "   " + padding + cell.apply(column));
        }
        table.append('\n');
    }

    private static String asJson(List<FlowFigures> rows) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(
                        Map.of("flows", rows.stream().map(StatsCommand::fields).toList()));
    }

    private static Map<String, Object> fields(FlowFigures figures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("flow", figures.flow());
        fields.put("started", figures.started());
        fields.put("completed", figures.completed());
        fields.put("completion_rate", figures.completionRate());
        fields.put("open", figures.open());
        fields.put("dropped", figures.dropped());
        fields.put("drop_offs", figures.dropOffs());
        return fields;
    }

    private static String number(long value) {
        return Long.toString(value);
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.1f %%", rate * 100);
    }
}
