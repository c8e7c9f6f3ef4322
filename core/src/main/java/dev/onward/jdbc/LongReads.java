package dev.onward.jdbc;

import dev.onward.session.LongRead;
import dev.onward.session.OnboardingException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads many rows with a time limit of its own, and cancels the query in the database at the limit or as soon as the
 * caller is gone.
 */
record LongReads(Transactions transactions) {

    /** @throws OnboardingException.ReadCancelled if it was cancelled */
    <T> List<T> all(LongRead read, String query, Lookup.Setter setter, Rows.Mapper<T> mapper) {
        Dialect dialect = transactions.dialect();
        long since = System.nanoTime();
        return transactions.read(connection -> {
            dialect.allowLongRead(connection, read.limit());
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                setter.set(new Parameters(statement, dialect));
                return watched(read, since, statement, mapper);
            }
        });
    }

    private static <T> List<T> watched(LongRead read, long since, PreparedStatement statement, Rows.Mapper<T> mapper)
            throws SQLException {
        try (LongReadWatch watch = LongReadWatch.start(read, since, statement)) {
            try {
                return Rows.all(statement, mapper);
            } catch (SQLException e) {
                if (watch.cancelled()) {
                    throw new OnboardingException.ReadCancelled(read, e);
                }
                throw e;
            }
        }
    }
}
