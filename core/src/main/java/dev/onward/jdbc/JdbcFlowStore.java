package dev.onward.jdbc;

import dev.onward.flow.FileVersion;
import dev.onward.flow.FlowStore;
import dev.onward.flow.FlowVersions;
import dev.onward.flow.Publication;
import dev.onward.flow.Published;
import dev.onward.flow.StoredVersion;
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

/** The published flows on SQLite and PostgreSQL. */
record JdbcFlowStore(Transactions transactions) implements FlowStore {

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

    private record Row(String flow, int current, boolean fromFile, FlowVersions.Version version) {}

    @Override
    public Map<String, Integer> current() {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CURRENT)) {
                Map<String, Integer> current = new LinkedHashMap<>();
                Rows.all(statement, row -> current.put(row.getString("flow"), row.getInt("current_version")));
                return current;
            }
        });
    }

    @Override
    public Optional<StoredVersion> version(String flow, int number) {
        return transactions.read(connection -> Lookup.byKey(transactions.dialect(), VERSION)
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
                return flows(Rows.all(statement, this::row));
            }
        });
    }

    @Override
    public Optional<FlowVersions> find(String flow) {
        return transactions.read(connection -> find(connection, flow));
    }

    Optional<FlowVersions> find(Connection connection, String flow) throws SQLException {
        List<Row> versions = Lookup.byKey(transactions.dialect(), ONE).all(connection, to -> to.text(flow), this::row);
        return flows(versions).stream().findFirst();
    }

    private Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("flow"),
                row.getInt("current_version"),
                row.getBoolean("from_file"),
                new FlowVersions.Version(
                        row.getInt("version"),
                        row.getString("hash"),
                        transactions.dialect().time(row, "published_at").orElseThrow()));
    }

    private static List<FlowVersions> flows(List<Row> rows) {
        Map<String, List<Row>> byFlow =
                rows.stream().collect(Collectors.groupingBy(Row::flow, LinkedHashMap::new, Collectors.toList()));
        return byFlow.values().stream()
                .map(of -> new FlowVersions(
                        of.getFirst().flow(),
                        of.getFirst().current(),
                        of.getFirst().fromFile(),
                        of.stream().map(Row::version).toList()))
                .toList();
    }

    @Override
    public List<Published> publish(List<Publication> publications, Publication.Origin origin, Instant now) {
        PublicationWriter writer = new PublicationWriter(this, transactions.dialect(), origin, now);
        return transactions.write(connection -> inTheirOrder(publications, write(connection, writer, publications)));
    }

    @Override
    public List<Published> publishFiles(List<Publication> publications, Set<String> others, Instant now) {
        PublicationWriter writer = new PublicationWriter(this, transactions.dialect(), Publication.Origin.FILE, now);
        return transactions.write(connection -> {
            Map<String, Published> published = write(connection, writer, publications);
            Set<String> files = new HashSet<>(others);
            files.addAll(published.keySet());
            writer.markFiles(connection, files);
            return inTheirOrder(publications, published);
        });
    }

    private static Map<String, Published> write(
            Connection connection, PublicationWriter writer, List<Publication> publications) throws SQLException {
        Map<String, Published> published = new LinkedHashMap<>();
        for (Publication publication : inOrder(publications)) {
            published.put(publication.flow(), writer.write(connection, publication));
        }
        return published;
    }

    private static List<Published> inTheirOrder(List<Publication> publications, Map<String, Published> published) {
        return publications.stream()
                .map(publication ->
                        Optional.ofNullable(published.get(publication.flow())).orElseThrow())
                .toList();
    }

    @Override
    public Map<String, FileVersion> files() {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FILES)) {
                Map<String, FileVersion> files = new HashMap<>();
                Rows.all(
                        statement,
                        row -> files.put(
                                row.getString("hash"), new FileVersion(row.getString("flow"), row.getInt("version"))));
                return files;
            }
        });
    }

    @Override
    public void addFiles(Map<String, FileVersion> files) {
        transactions.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ADD_FILE)) {
                for (Map.Entry<String, FileVersion> file : files.entrySet()) {
                    new Parameters(statement, transactions.dialect())
                            .text(file.getKey())
                            .text(file.getValue().flow())
                            .number(file.getValue().version());
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }

    /** Everybody locks flows in the same order. */
    private static List<Publication> inOrder(List<Publication> publications) {
        return publications.stream()
                .sorted(Comparator.comparing(Publication::flow))
                .toList();
    }
}
