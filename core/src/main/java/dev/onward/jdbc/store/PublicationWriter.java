package dev.onward.jdbc.store;

import dev.onward.definition.FlowDefinition;
import dev.onward.flow.Flow;
import dev.onward.flow.InFlightPolicy;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.ResultRows;
import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.publishing.FlowPublication;
import dev.onward.publishing.FlowVersions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Publishes a definition within a transaction. Recognises a release that it has already written. */
record PublicationWriter(JdbcFlowStore flows, Dialect dialect, FlowPublication.PublishOrigin origin, Instant now) {

    private static final String INSERT_FLOW = """
            INSERT INTO onboarding_flows (flow, onboarding) VALUES (?, ?) ON CONFLICT (flow) DO NOTHING
            """;

    private static final String LOCK = "UPDATE onboarding_flows SET flow = flow WHERE flow = ?";

    private static final String INSERT_VERSION = """
            INSERT INTO onboarding_flow_versions (flow, version, definition, hash, published_at)
            VALUES (?, ?, ?, ?, ?)
            """;

    private static final String MAKE_CURRENT = """
            UPDATE onboarding_flows SET current_version = ?, onboarding = ?, retention_hours = ? WHERE flow = ?
            """;

    private static final String FIND_RELEASE = "SELECT version FROM onboarding_releases WHERE id = ?";

    /** The policy of a newer release applies to all open sessions. */
    private static final String END_RELEASES = """
            UPDATE onboarding_releases SET finished_at = ? WHERE flow = ? AND finished_at IS NULL
            """;

    private static final String INSERT_RELEASE = """
            INSERT INTO onboarding_releases (id, flow, version, released_at, finished_at) VALUES (?, ?, ?, ?, ?)
            """;

    private static final String FROM_FILE = "SELECT flow FROM onboarding_flows WHERE from_file";

    private static final String MARK = "UPDATE onboarding_flows SET from_file = ? WHERE flow = ? AND from_file <> ?";

    PublishReport write(Connection connection, FlowPublication publication) throws SQLException {
        lock(connection, publication);
        Optional<FlowVersions> existing = flows.find(connection, publication.flow());
        Optional<Integer> written = writtenBefore(connection, publication);
        if (written.isPresent()) {
            return repeated(publication, existing, written.get());
        }
        PublishReport published = publication.decide(existing, origin);
        if (published.result() == PublishResult.PUBLISHED) {
            insert(connection, publication.definition(), published.version());
        }
        if (published.result().releases()) {
            release(connection, publication, published);
        }
        return published;
    }

    /** The result of the first attempt, even if other releases followed. */
    private PublishReport repeated(FlowPublication publication, Optional<FlowVersions> existing, int written) {
        boolean isNew = existing.stream()
                .flatMap(flow -> flow.versions().stream())
                .anyMatch(version ->
                        version.number() == written && version.publishedAt().equals(now));
        PublishResult result = isNew ? PublishResult.PUBLISHED : PublishResult.MADE_CURRENT;
        return new PublishReport(publication.flow(), written, written, result);
    }

    private void lock(Connection connection, FlowPublication publication) throws SQLException {
        Flow flow = publication.definition().flow();
        try (PreparedStatement statement = connection.prepareStatement(INSERT_FLOW)) {
            parameters(statement).text(flow.id()).bool(flow.onboarding());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            parameters(statement).text(flow.id());
            statement.executeUpdate();
        }
    }

    /** The version that this publication has already made current. */
    private Optional<Integer> writtenBefore(Connection connection, FlowPublication publication) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND_RELEASE)) {
            parameters(statement).text(publication.releaseId());
            return ResultRows.first(statement, row -> row.getInt("version"));
        }
    }

    private void insert(Connection connection, FlowDefinition definition, int version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_VERSION)) {
            parameters(statement)
                    .text(definition.flow().id())
                    .number(version)
                    .text(definition.json())
                    .text(definition.hash())
                    .time(now);
            statement.executeUpdate();
        }
    }

    private void release(Connection connection, FlowPublication publication, PublishReport published)
            throws SQLException {
        Flow flow = publication.definition().flow();
        Optional<Integer> retention = flow.retentionHours().isPresent()
                ? Optional.of(flow.retentionHours().getAsInt())
                : Optional.empty();
        try (PreparedStatement statement = connection.prepareStatement(MAKE_CURRENT)) {
            parameters(statement)
                    .number(published.version())
                    .bool(flow.onboarding())
                    .number(retention)
                    .text(flow.id());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(END_RELEASES)) {
            parameters(statement).time(now).text(flow.id());
            statement.executeUpdate();
        }
        boolean isFirst = published.version() == 1 && published.result() == PublishResult.PUBLISHED;
        boolean nothingToMove = isFirst || flow.inFlight() instanceof InFlightPolicy.PinSessions;
        try (PreparedStatement statement = connection.prepareStatement(INSERT_RELEASE)) {
            parameters(statement)
                    .text(publication.releaseId())
                    .text(flow.id())
                    .number(published.version())
                    .time(now)
                    .time(nothingToMove ? Optional.of(now) : Optional.empty());
            statement.executeUpdate();
        }
    }

    /** Marks exactly these flows as read from files. */
    void markFiles(Connection connection, Set<String> files) throws SQLException {
        Set<String> marked;
        try (PreparedStatement statement = connection.prepareStatement(FROM_FILE)) {
            marked = new HashSet<>(ResultRows.strings(statement));
        }
        Set<String> changed = new TreeSet<>();
        Stream.concat(marked.stream(), files.stream())
                .filter(flow -> marked.contains(flow) != files.contains(flow))
                .forEach(changed::add);
        for (String flow : changed) {
            mark(connection, flow, files.contains(flow));
        }
    }

    private void mark(Connection connection, String flow, boolean fromFile) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MARK)) {
            parameters(statement).bool(fromFile).text(flow).bool(fromFile);
            statement.executeUpdate();
        }
    }

    private StatementParameters parameters(PreparedStatement statement) {
        return new StatementParameters(statement, dialect);
    }
}
