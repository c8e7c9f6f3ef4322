package dev.onward.jdbc.store;

import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.ResultRows;
import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.PublishReport;
import dev.onward.publishing.FlowFileVersion;
import dev.onward.publishing.FlowPublication;
import dev.onward.publishing.FlowStore;
import dev.onward.publishing.FlowVersions;
import dev.onward.publishing.StoredVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Published flows on SQLite and PostgreSQL. */
public record JdbcFlowStore(Transactions transactions) implements FlowStore {

    private static final String CURRENT = """
            SELECT f.flow, f.current_version
            FROM onboarding_flows f
            JOIN onboarding_flow_versions v ON v.flow = f.flow AND v.version = f.current_version
            ORDER BY f.flow
            """;

    private static final String VERSION = "SELECT * FROM onboarding_flow_versions WHERE flow = ? AND version = ?";

    private static final String ALL = """
            SELECT f.flow, f.current_version, f.from_file, v.version, v.hash, v.published_at
            FROM onboarding_flows f
            JOIN onboarding_flow_versions v ON v.flow = f.flow
            ORDER BY f.flow, v.version
            """;

    private static final String ONE = """
            SELECT f.flow, f.current_version, f.from_file, v.version, v.hash, v.published_at
            FROM onboarding_flows f
            JOIN onboarding_flow_versions v ON v.flow = f.flow
            WHERE f.flow = ?
            ORDER BY v.version
            """;

    private static final String FILES = "SELECT hash, flow, version FROM onboarding_flow_files";

    private static final String ADD_FILE =
            "INSERT INTO onboarding_flow_files (hash, flow, version) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING";

    private record FlowVersionRow(String flow, int current, boolean fromFile, FlowVersions.PublishedVersion version) {}

    @Override
    public Map<String, Integer> current() {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CURRENT)) {
                Map<String, Integer> current = new LinkedHashMap<>();
                ResultRows.all(statement, row -> current.put(row.getString("flow"), row.getInt("current_version")));
                return current;
            }
        });
    }

    @Override
    public Optional<StoredVersion> version(String flow, int number) {
        return transactions.read(connection -> IndexedQuery.byKey(transactions.dialect(), VERSION)
                .first(connection, to -> to.text(flow).number(number), this::stored));
    }

    private StoredVersion stored(ResultSet row) throws SQLException {
        return new StoredVersion(
                row.getString("flow"),
                row.getInt("version"),
                row.getString("definition"),
                row.getString("hash"),
                transactions.dialect().time(row, "published_at").orElseThrow());
    }

    @Override
    public List<FlowVersions> all() {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ALL)) {
                return flows(ResultRows.all(statement, this::row));
            }
        });
    }

    @Override
    public Optional<FlowVersions> find(String flow) {
        return transactions.read(connection -> find(connection, flow));
    }

    Optional<FlowVersions> find(Connection connection, String flow) throws SQLException {
        List<FlowVersionRow> versions =
                IndexedQuery.byKey(transactions.dialect(), ONE).all(connection, to -> to.text(flow), this::row);
        return flows(versions).stream().findFirst();
    }

    private FlowVersionRow row(ResultSet row) throws SQLException {
        return new FlowVersionRow(
                row.getString("flow"),
                row.getInt("current_version"),
                row.getBoolean("from_file"),
                new FlowVersions.PublishedVersion(
                        row.getInt("version"),
                        row.getString("hash"),
                        transactions.dialect().time(row, "published_at").orElseThrow()));
    }

    private static List<FlowVersions> flows(List<FlowVersionRow> rows) {
        Map<String, List<FlowVersionRow>> byFlow = rows.stream()
                .collect(Collectors.groupingBy(FlowVersionRow::flow, LinkedHashMap::new, Collectors.toList()));
        return byFlow.values().stream()
                .map(of -> new FlowVersions(
                        of.getFirst().flow(),
                        of.getFirst().current(),
                        of.getFirst().fromFile(),
                        of.stream().map(FlowVersionRow::version).toList()))
                .toList();
    }

    @Override
    public List<PublishReport> publish(
            List<FlowPublication> publications, FlowPublication.PublishOrigin origin, Instant now) {
        PublicationWriter writer = new PublicationWriter(this, transactions.dialect(), origin, now);
        return transactions.write(connection -> inTheirOrder(publications, write(connection, writer, publications)));
    }

    @Override
    public List<PublishReport> publishFiles(List<FlowPublication> publications, Set<String> others, Instant now) {
        PublicationWriter writer =
                new PublicationWriter(this, transactions.dialect(), FlowPublication.PublishOrigin.FILE, now);
        return transactions.write(connection -> {
            Map<String, PublishReport> published = write(connection, writer, publications);
            Set<String> files = new HashSet<>(others);
            files.addAll(published.keySet());
            writer.markFiles(connection, files);
            return inTheirOrder(publications, published);
        });
    }

    private static Map<String, PublishReport> write(
            Connection connection, PublicationWriter writer, List<FlowPublication> publications) throws SQLException {
        Map<String, PublishReport> published = new LinkedHashMap<>();
        for (FlowPublication publication : inOrder(publications)) {
            published.put(publication.flow(), writer.write(connection, publication));
        }
        return published;
    }

    private static List<PublishReport> inTheirOrder(
            List<FlowPublication> publications, Map<String, PublishReport> published) {
        return publications.stream()
                .map(publication ->
                        Optional.ofNullable(published.get(publication.flow())).orElseThrow())
                .toList();
    }

    @Override
    public Map<String, FlowFileVersion> files() {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FILES)) {
                Map<String, FlowFileVersion> files = new HashMap<>();
                ResultRows.all(
                        statement,
                        row -> files.put(
                                row.getString("hash"),
                                new FlowFileVersion(row.getString("flow"), row.getInt("version"))));
                return files;
            }
        });
    }

    @Override
    public void addFiles(Map<String, FlowFileVersion> files) {
        transactions.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ADD_FILE)) {
                for (Map.Entry<String, FlowFileVersion> file : files.entrySet()) {
                    new StatementParameters(statement, transactions.dialect())
                            .text(file.getKey())
                            .text(file.getValue().flow())
                            .number(file.getValue().version());
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }

    /** All transactions lock flows in the same order, which prevents deadlocks. */
    private static List<FlowPublication> inOrder(List<FlowPublication> publications) {
        return publications.stream()
                .sorted(Comparator.comparing(FlowPublication::flow))
                .toList();
    }
}
