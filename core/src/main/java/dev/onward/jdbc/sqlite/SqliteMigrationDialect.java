package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.migration.ExistingTables;
import dev.onward.jdbc.migration.MigrationDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Migrations on SQLite. */
public record SqliteMigrationDialect() implements MigrationDialect {

    @Override
    public String folder() {
        return "sqlite";
    }

    @Override
    public ExistingTables tables(Connection connection) throws SQLException {
        return ExistingTables.read(connection, """
                SELECT m.name AS table_name, c.name AS column_name, c.type AS type
                FROM sqlite_master m, pragma_table_info(m.name) c
                WHERE m.type = 'table' AND m.name LIKE 'onboarding\\_%' ESCAPE '\\'
                """);
    }

    @Override
    public void adopt(Connection connection) throws SQLException {
        SqliteAdoption.adopt(connection);
    }

    /** Whoever may write the file may do everything. */
    @Override
    public List<String> missingGrants(Connection connection) {
        return List.of();
    }

    /** One server at a time serves a file. */
    @Override
    public void lockMigrations(Connection connection, Consumer<String> waiting) {}

    @Override
    public void unlockMigrations(Connection connection) {}

    /** The driver's {@code busy_timeout} does, and others read in the meantime. */
    @Override
    public void boundMigration(Connection connection) {}

    @Override
    public Optional<String> lockHolder(Connection connection) {
        return Optional.empty();
    }

    /** Without statistics SQLite plans by its indexes, which is what every query here is made for. */
    @Override
    public void analyze(Connection connection) {}

    @Override
    public boolean typesMatter() {
        return false;
    }
}
