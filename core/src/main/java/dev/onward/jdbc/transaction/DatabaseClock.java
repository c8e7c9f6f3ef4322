package dev.onward.jdbc.transaction;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** The database's clock. */
public final class DatabaseClock {
    private DatabaseClock() {}

    public static Instant now(Transactions transactions) {
        return transactions.read(connection -> now(connection, transactions.dialect()));
    }

    /** Reads the clock on an open connection. On PostgreSQL, it is the start of the transaction. */
    public static Instant now(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(dialect.now())) {
            row.next();
            return dialect.time(row, "now").orElseThrow();
        }
    }
}
