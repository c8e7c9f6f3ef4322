package dev.onward.jdbc;

import dev.onward.retention.RetentionHours;
import dev.onward.retention.RetentionStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;

/** Cleanup by the database's own functions, which stand in the migrations. */
record PostgresRetentionStore(Transactions transactions) implements RetentionStore {

    @Override
    public Instant now() {
        return DatabaseClock.now(transactions);
    }

    @Override
    public List<String> abandoned(Instant asOf, RetentionHours hours, int most) {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT onboarding_abandoned(?, ?, ?)")) {
                transactions.dialect().setTime(statement, 1, asOf);
                statement.setInt(2, hours.value());
                statement.setInt(3, most);
                return Rows.strings(statement);
            }
        });
    }

    @Override
    public int delete(List<String> ids, Instant asOf, RetentionHours hours) {
        return transactions.write(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT onboarding_delete_abandoned(?, ?, ?)")) {
                statement.setArray(1, connection.createArrayOf("text", ids.toArray(String[]::new)));
                transactions.dialect().setTime(statement, 2, asOf);
                statement.setInt(3, hours.value());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    @Override
    public int deleteReceipts(Instant before, int most) {
        ReceiptWriter receipts = new ReceiptWriter(transactions.dialect());
        return transactions.write(connection -> receipts.deleteOld(connection, before, most));
    }
}
