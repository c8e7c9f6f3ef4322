package dev.onward.jdbc.migration;

import dev.onward.jdbc.migration.Migrations.Newer;
import dev.onward.jdbc.migration.Migrations.PendingMigration;
import dev.onward.jdbc.migration.Migrations.Schema;
import dev.onward.jdbc.transaction.ResultRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the state of a database's schema. */
record SchemaReader(MigrationDialect dialect) {
    static final String FIRST = "V1__schema.sql";

    /** All scripts, in the order in which they run. */
    public static final List<String> SCRIPTS = List.of(FIRST);

    /**
     * Reads the schema and changes nothing.
     *
     * @throws DatabaseException if Onward cannot use or migrate the database
     */
    Schema read(Connection connection) throws SQLException {
        ExistingTables tables = dialect.tables(connection);
        boolean hasHistory = tables.has(ExistingTables.HISTORY);
        if (hasHistory) {
            tables.requireHistory();
        }
        Set<String> applied = hasHistory ? applied(connection) : Set.of();
        SchemaVersion.requireReleased(applied, SCRIPTS);
        if (applied.isEmpty()) {
            tables.requireAdoptable(dialect.typesMatter(), hasHistory);
        }
        Optional<Newer> newer = SchemaVersion.newer(applied, SCRIPTS);
        List<PendingMigration> pending = newer.isPresent() ? List.of() : pending(connection, tables, applied);
        return new Schema(pending, newer, applied.isEmpty());
    }

    private List<PendingMigration> pending(Connection connection, ExistingTables tables, Set<String> applied)
            throws SQLException {
        List<PendingMigration> pending = new ArrayList<>();
        if (applied.isEmpty() && tables.has(ExistingTables.SESSIONS)) {
            adoption(connection).stream().map(AdoptionStep::pending).forEach(pending::add);
        }
        SCRIPTS.stream()
                .filter(script -> !applied.contains(script))
                .map(script -> new PendingMigration(script, sql(script)))
                .forEach(pending::add);
        if (applied.contains(FIRST)) {
            dialect.raiseEventPositions(connection).ifPresent(pending::add);
        }
        return pending;
    }

    /** The missing steps to adopt an existing sessions table. */
    List<AdoptionStep> adoption(Connection connection) throws SQLException {
        return dialect.adoption(connection, SessionsTable.of(sql(FIRST)));
    }

    private static Set<String> applied(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT script FROM " + ExistingTables.HISTORY + " WHERE success AND script LIKE 'V%'")) {
            return new HashSet<>(ResultRows.strings(statement));
        }
    }

    private String sql(String script) {
        String path = "/onward-schema/" + dialect.folder() + "/" + script;
        try (InputStream in = SchemaReader.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
