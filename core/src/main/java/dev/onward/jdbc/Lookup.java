package dev.onward.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A query that finds rows along an index, whatever the statistics say. For {@link Transactions#read}; in a write
 * transaction every statement is bound to indexes anyhow.
 */
final class Lookup {
    private final Dialect dialect;
    private final String sql;

    private Lookup(Dialect dialect, String sql) {
        this.dialect = dialect;
        this.sql = sql;
    }

    /** A query for the rows of a session, a user or another key. It never reads a table through. */
    static Lookup byKey(Dialect dialect, String query) {
        return new Lookup(dialect, dialect.lookup(query));
    }

    /** A query for the next rows in the order of an index. It reads on from there, and never sorts all that follow. */
    static Lookup page(Dialect dialect, String query) {
        return new Lookup(dialect, dialect.page(query));
    }

    /** Sets the query's parameters. */
    @FunctionalInterface
    interface Setter {
        void set(Parameters parameters) throws SQLException;
    }

    <T> List<T> all(Connection connection, Setter setter, Rows.Mapper<T> mapper) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setter.set(new Parameters(statement, dialect));
            try (ResultSet row = dialect.lookedUp(statement)) {
                return Rows.all(row, mapper);
            }
        }
    }

    <T> Optional<T> first(Connection connection, Setter setter, Rows.Mapper<T> mapper) throws SQLException {
        return all(connection, setter, mapper).stream().findFirst();
    }
}
