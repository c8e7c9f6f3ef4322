package dev.onward.jdbc.store;

import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.model.OnboardingException;
import dev.onward.session.IdempotencyRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Writes and reads idempotency records within a transaction. */
public record IdempotencyRecordWriter(Dialect dialect) {

    /** Waits for a transaction that is writing the same record. */
    private static final String INSERT = """
            INSERT INTO onboarding_idempotency_records (id, fingerprint, answer, token, session_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """;

    public static final String DELETE_OLD = """
            DELETE FROM onboarding_idempotency_records
            WHERE id IN (SELECT id FROM onboarding_idempotency_records WHERE created_at < ? ORDER BY created_at LIMIT ?)
            """;

    private static final String LOCK_SESSION = "UPDATE onboarding_sessions SET revision = revision WHERE id = ?";

    private static final String FIND = "SELECT * FROM onboarding_idempotency_records WHERE id = ?";

    private static final String FIND_SESSION = "SELECT id FROM onboarding_sessions WHERE id = ?";

    private static final String DELETE = "DELETE FROM onboarding_idempotency_records WHERE id = ?";

    /** The transaction to which a record belongs. */
    enum RecordOwner {
        NEW,
        THIS_REQUEST,
        OTHER_REQUEST
    }

    /**
     * @throws OnboardingException.RequestInProgress if another transaction is writing the same record and does not end
     *     in time
     */
    RecordOwner write(Connection connection, IdempotencyRecord idempotencyRecord) throws SQLException {
        if (insert(connection, idempotencyRecord)) {
            return RecordOwner.NEW;
        }
        Optional<IdempotencyRecord> existing = stored(connection, idempotencyRecord.id());
        if (existing.isPresent() && sessionIsGone(connection, existing.get())) {
            delete(connection, idempotencyRecord.id());
            return insert(connection, idempotencyRecord) ? RecordOwner.NEW : RecordOwner.OTHER_REQUEST;
        }
        return existing.filter(found -> found.token().equals(idempotencyRecord.token()))
                        .isPresent()
                ? RecordOwner.THIS_REQUEST
                : RecordOwner.OTHER_REQUEST;
    }

    private boolean insert(Connection connection, IdempotencyRecord idempotencyRecord) throws SQLException {
        dialect.limitLockWait(connection);
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new StatementParameters(statement, dialect)
                    .text(idempotencyRecord.id())
                    .text(idempotencyRecord.fingerprint())
                    .text(idempotencyRecord.answer())
                    .text(idempotencyRecord.token())
                    .text(idempotencyRecord.sessionId())
                    .time(idempotencyRecord.at());
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (dialect.isLockTimeout(e)) {
                throw new OnboardingException.RequestInProgress();
            }
            throw e;
        }
    }

    /**
     * Prevents the deletion of an idempotency record's session, if it has one, until the transaction ends.
     *
     * @return false if the session is already deleted
     */
    boolean lockSession(Connection connection, Optional<IdempotencyRecord> idempotencyRecord) throws SQLException {
        Optional<String> session = idempotencyRecord.flatMap(IdempotencyRecord::sessionId);
        if (session.isEmpty()) {
            return true;
        }
        try (PreparedStatement statement = connection.prepareStatement(LOCK_SESSION)) {
            statement.setString(1, session.get());
            return statement.executeUpdate() == 1;
        }
    }

    /** Finds no record whose session other software has deleted. */
    Optional<IdempotencyRecord> find(Connection connection, String id) throws SQLException {
        Optional<IdempotencyRecord> found = stored(connection, id);
        return found.isPresent() && sessionIsGone(connection, found.get()) ? Optional.empty() : found;
    }

    private Optional<IdempotencyRecord> stored(Connection connection, String id) throws SQLException {
        return IndexedQuery.byKey(dialect, FIND).first(connection, to -> to.text(id), this::idempotencyRecord);
    }

    private boolean sessionIsGone(Connection connection, IdempotencyRecord idempotencyRecord) throws SQLException {
        Optional<String> session = idempotencyRecord.sessionId();
        return session.isPresent()
                && IndexedQuery.byKey(dialect, FIND_SESSION)
                        .first(connection, to -> to.text(session.get()), row -> row.getString("id"))
                        .isEmpty();
    }

    private static void delete(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }

    /** @return the number of deleted records, at most {@code most} */
    public int deleteOld(Connection connection, Instant before, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE_OLD)) {
            new StatementParameters(statement, dialect).time(before).number(limit);
            return statement.executeUpdate();
        }
    }

    private IdempotencyRecord idempotencyRecord(ResultSet row) throws SQLException {
        return new IdempotencyRecord(
                row.getString("id"),
                row.getString("fingerprint"),
                row.getString("answer"),
                row.getString("token"),
                Optional.ofNullable(row.getString("session_id")),
                dialect.time(row, "created_at").orElseThrow());
    }
}
