package dev.onward.jdbc.transaction;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A query that finds rows with an index, whatever the statistics say. For {@link Transactions#read}; in a write
 * transaction, all statements use indexes anyway.
 */
public final class IndexedQuery {
    private final Dialect dialect;
    private final String sql;

    private IndexedQuery(Dialect dialect, String sql) {
        this.dialect = dialect;
        this.sql = sql;
    }

    /** A query for the rows of a session, a user or another key. It never scans a table. */
    public static IndexedQuery byKey(Dialect dialect, String query) {
        return new IndexedQuery(dialect, dialect.lookup(query));
    }

    /**
     * A query for the next rows in the order of an index. It starts at a position and never sorts all rows that follow.
     */
    public static IndexedQuery page(Dialect dialect, String query) {
        return new IndexedQuery(dialect, dialect.page(query));
    }

    /** Sets the parameters of a query. */
    @FunctionalInterface
    public interface ParameterSetter {
        void set(StatementParameters parameters) throws SQLException;
    }

    public <T> List<T> all(Connection connection, ParameterSetter setter, ResultRows.Mapper<T> mapper)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setter.set(new StatementParameters(statement, dialect));
            try (ResultSet row = dialect.executeLookup(statement)) {
                return ResultRows.all(row, mapper);
            }
        }
    }

    public <T> Optional<T> first(Connection connection, ParameterSetter setter, ResultRows.Mapper<T> mapper)
            throws SQLException {
        return all(connection, setter, mapper).stream().findFirst();
    }
}
