package dev.onward.server.cli;

import dev.onward.definition.BuiltInFlow;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowUnusableException;
import dev.onward.model.FlowFigures;
import dev.onward.publishing.FlowStore;
import dev.onward.publishing.StoredVersion;
import dev.onward.server.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints the statistics of each flow. */
public final class StatsCommand implements Command {
    private static final String JSON = "--json";
    private static final List<StatsColumn> COLUMNS = List.of(
            new StatsColumn("flow", row -> row.figures().flow(), true),
            new StatsColumn("title", row -> row.title().orElse("(unknown)"), true),
            new StatsColumn("started", row -> number(row.figures().started()), false),
            new StatsColumn("completed", row -> number(row.figures().completed()), false),
            new StatsColumn("rate", row -> percent(row.figures().completionRate()), false),
            new StatsColumn("open", row -> number(row.figures().open()), false),
            new StatsColumn("dropped", row -> number(row.figures().dropped()), false));

    private final Console console;

    /**
     * The statistics of a flow.
     *
     * @param title the title of its current version; empty if no version can be read
     */
    private record StatsRow(FlowFigures figures, Optional<String> title) {}

    private record StatsColumn(String title, Function<StatsRow, String> value, boolean isText) {
        int width(List<StatsRow> rows) {
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
        return "Shows how many people start, complete and drop off, and where.";
    }

    @Override
    public List<Option> options() {
        return List.of(Usage.flag(JSON, "Prints JSON."));
    }

    @Override
    public int run(Settings settings, Arguments arguments) {
        List<StatsRow> rows = MigratedDatabase.with(settings.databaseAccess(), database -> {
            FlowStore flows = database.flows();
            return database.analytics().figures().stream()
                    .map(figures -> new StatsRow(figures, title(flows, figures.flow())))
                    .toList();
        });
        console.out()
                .println(
                        arguments.has(JSON)
                                ? asJson(rows)
                                : rows.isEmpty() ? "Nobody has started yet." : asTable(rows));
        return 0;
    }

    /** The title of a flow; the built-in flow is not in the store before the first server has started. */
    private static Optional<String> title(FlowStore flows, String flow) {
        try {
            return flows.find(flow)
                    .flatMap(versions -> flows.version(flow, versions.current()))
                    .map(StoredVersion::read)
                    .or(() -> BuiltInFlow.catalog().find(flow))
                    .map(Flow::title);
        } catch (FlowUnusableException _) {
            return Optional.empty();
        }
    }

    private static String asTable(List<StatsRow> rows) {
        StringBuilder table = new StringBuilder();
        line(table, rows, StatsColumn::title);
        for (StatsRow row : rows) {
            line(table, rows, column -> column.value().apply(row));
        }
        for (StatsRow one : rows) {
            FlowFigures row = one.figures();
            if (!row.dropOffs().isEmpty()) {
                table.append("\nWhere people drop off in ").append(row.flow()).append(":\n");
                row.dropOffs()
                        .forEach(at -> table.append("  after ")
                                .append(at.step())
                                .append(": ")
                                .append(NumberWords.count(at.sessions(), "session"))
                                .append('\n'));
            }
        }
        return table.toString().stripTrailing();
    }

    /** Adds a line: text is aligned left, numbers right. */
    private static void line(StringBuilder table, List<StatsRow> rows, Function<StatsColumn, String> cell) {
        table.append(COLUMNS.stream()
                        .map(column -> {
                            String text = cell.apply(column);
                            String padding = " ".repeat(column.width(rows) - text.length());
                            return column.isText() ? text + padding : padding + text;
                        })
                        .collect(Collectors.joining("   ")))
                .append('\n');
    }

    private static String asJson(List<StatsRow> rows) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(
                        Map.of("flows", rows.stream().map(StatsCommand::fields).toList()));
    }

    private static Map<String, @Nullable Object> fields(StatsRow row) {
        FlowFigures figures = row.figures();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("flow", figures.flow());
        fields.put("title", row.title().orElse(null));
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
