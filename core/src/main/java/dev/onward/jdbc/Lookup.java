package dev.onward.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query for the rows of a session, a user or another key. It never reads a table through, see {@link Dialect#lookup}.
 * For {@link Transactions#read}; in a write transaction every statement is bound to indexes anyhow.
 */
record Lookup(Dialect dialect, String query) {

    /** Sets the query's parameters. */
    @FunctionalInterface
    interface Setter {
        void set(Parameters parameters) throws SQLException;
    }

    <T> List<T> all(Connection connection, Setter setter, Rows.Mapper<T> mapper) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(dialect.lookup(query))) {
            setter.set(new Parameters(statement, dialect));
            try (ResultSet row = dialect.lookedUp(statement)) {
                while (row.next()) {
                    found.add(mapper.map(row));
                }
            }
        }
        return found;
    }

    <T> Optional<T> first(Connection connection, Setter setter, Rows.Mapper<T> mapper) throws SQLException {
        return all(connection, setter, mapper).stream().findFirst();
    }
}
