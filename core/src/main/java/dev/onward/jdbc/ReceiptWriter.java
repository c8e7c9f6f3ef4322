package dev.onward.jdbc;

import dev.onward.session.OnboardingException;
import dev.onward.session.Receipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Writes and reads receipts within a transaction. */
record ReceiptWriter(Dialect dialect) {

    /** Waits for whoever writes the same one at this moment. */
    private static final String INSERT = """
            INSERT INTO onboarding_receipts (id, fingerprint, answer, token, session_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """;

    static final String DELETE_OLD = """
            DELETE FROM onboarding_receipts
            WHERE id IN (SELECT id FROM onboarding_receipts WHERE created_at < ? ORDER BY created_at LIMIT ?)
            """;

    private static final String HOLD = "UPDATE onboarding_sessions SET revision = revision WHERE id = ?";

    /** Of the column's own type: PostgreSQL would compare it with any other as text, for which there is no index. */
    private static final String FIND = "SELECT * FROM onboarding_receipts WHERE id = CAST(? AS CHAR(64))";

    /** What became of it. */
    enum Standing {
        NEW,
        OURS,
        THEIRS
    }

    /** @throws OnboardingException.RequestRunning where somebody else writes the same one, and does not come to an end */
    Standing write(Connection connection, Receipt receipt) throws SQLException {
        if (insert(connection, receipt)) {
            return Standing.NEW;
        }
        return find(connection, receipt.id())
                        .filter(standing -> standing.token().equals(receipt.token()))
                        .isPresent()
                ? Standing.OURS
                : Standing.THEIRS;
    }

    private boolean insert(Connection connection, Receipt receipt) throws SQLException {
        dialect.boundWaiting(connection);
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new Parameters(statement, dialect)
                    .text(receipt.id())
                    .text(receipt.fingerprint())
                    .text(receipt.answer())
                    .text(receipt.token())
                    .text(receipt.sessionId())
                    .time(receipt.at());
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (dialect.waitedInVain(e)) {
                throw new OnboardingException.RequestRunning();
            }
            throw e;
        }
    }

    /**
     * Keeps the session of a receipt, if it has one, from being deleted until the transaction is over.
     *
     * @return false where it is deleted already
     */
    boolean hold(Connection connection, Optional<Receipt> receipt) throws SQLException {
        Optional<String> session = receipt.flatMap(Receipt::sessionId);
        if (session.isEmpty()) {
            return true;
        }
        try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
            statement.setString(1, session.get());
            return statement.executeUpdate() == 1;
        }
    }

    Optional<Receipt> find(Connection connection, String id) throws SQLException {
        return Lookup.byKey(dialect, FIND).first(connection, to -> to.text(id), this::receipt);
    }

    /** @return how many were deleted, at most {@code most} */
    int deleteOld(Connection connection, Instant before, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE_OLD)) {
            new Parameters(statement, dialect).time(before).number(most);
            return statement.executeUpdate();
        }
    }

    private Receipt receipt(ResultSet row) throws SQLException {
        return new Receipt(
                row.getString("id"),
                row.getString("fingerprint"),
                row.getString("answer"),
                row.getString("token"),
                Optional.ofNullable(row.getString("session_id")),
                dialect.time(row, "created_at").orElseThrow());
    }
}
