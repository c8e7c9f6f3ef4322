package dev.onward.jdbc.transaction;

import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;

/** The database's clock. */
public final class DatabaseClock {
    private DatabaseClock() {}

    public static Instant now(Transactions transactions) {
        Dialect dialect = transactions.dialect();
        return transactions.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(dialect.now())) {
                row.next();
                return dialect.time(row, "now").orElseThrow();
            }
        });
    }
}
