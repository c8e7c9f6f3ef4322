package dev.onward.jdbc.store;

import dev.onward.jdbc.migration.Backfill;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.ResultRows;
import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.kblock.KBlock;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.FlowCompletion;
import dev.onward.transition.Session;
import dev.onward.transition.SessionChange;
import dev.onward.transition.SessionEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes a change within a transaction. Recognises a change that it has already written. */
public record SessionWriter(Dialect dialect, Backfill backfill) {

    private static final String INSERT_SESSION = """
            INSERT INTO onboarding_sessions
                (id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration, created_at,
                updated_at, last_active_at, flow, flow_version, answers, revision, claim_secret_hash, started_recorded,
                completed_recorded)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, true, ?)
            ON CONFLICT (id) DO NOTHING
            """;

    /**
     * Keeps times of completion and last activity, and the claim secret, unless the change sets them: they may be newer
     * than when the session was read.
     */
    private static final String UPDATE_SESSION = """
            UPDATE onboarding_sessions
            SET user_id = ?, current_step = ?, completed = ?, completed_at = coalesce(?, completed_at),
                first_kblock_id = ?, first_declaration = ?, updated_at = ?, flow_version = ?, answers = ?,
                dismissed_at = ?, superseded_by = ?, last_active_at = coalesce(?, last_active_at), revision = ?,
                claim_secret_hash = coalesce(?, claim_secret_hash), started_recorded = true, completed_recorded = ?
            WHERE \
            """ + VersionCheck.CONDITION;

    private static final String INSERT_KBLOCK = """
            INSERT INTO onboarding_kblocks
                (id, session_id, user_id, layer, title, content, loss, confidence, tags, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** If a session gets a user, its K-Blocks get the same user. */
    private static final String SET_KBLOCKS_USER =
            "UPDATE onboarding_kblocks SET user_id = ?, updated_at = ? WHERE session_id = ?";

    /**
     * Copies the K-Block, which {@link #DELETE_OLD_KBLOCK} then deletes: its key contains the session, and keys of
     * distributed tables cannot be updated.
     */
    private static final String COPY_KBLOCK = """
            INSERT INTO onboarding_kblocks
                (session_id, user_id, updated_at, id, layer, title, content, loss, confidence, tags, created_at)
            SELECT ?, ?, ?, id, layer, title, content, loss, confidence, tags, created_at
            FROM onboarding_kblocks WHERE id = ? AND session_id <> ?
            """;

    private static final String DELETE_OLD_KBLOCK = "DELETE FROM onboarding_kblocks WHERE id = ? AND session_id <> ?";

    /**
     * Reads the session's creation time from its row: on SQLite, other software may have written the same time as a
     * different text.
     */
    private static final String INSERT_EVENT = """
            INSERT INTO onboarding_events
                (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, created_at FROM onboarding_sessions WHERE id = ?
            """;

    private static final String ADD_COMPLETION = """
            INSERT INTO onboarding_profiles (user_id, flow, completed_at, onboarding)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (user_id, flow) DO UPDATE SET completed_at = excluded.completed_at
                WHERE excluded.completed_at < onboarding_profiles.completed_at
            """;

    private static final String FIND_EVENT = """
            SELECT id FROM onboarding_events
            WHERE session_created_at = (SELECT created_at FROM onboarding_sessions WHERE id = ?)
                AND session_id = ? AND revision = ? AND id = ?
            """;

    /**
     * Backfills the session of a change if other software wrote it. The backfill remains even if the change conflicts.
     */
    void backfill(Connection connection, SessionChange change) throws SQLException {
        if (change.before().filter(session -> !session.recorded()).isPresent()) {
            backfill.session(connection, change.before().get().id());
        }
    }

    /** @return false if the session has changed since the change was decided */
    boolean write(Connection connection, SessionChange change) throws SQLException {
        boolean applies = change.before().isPresent()
                ? update(connection, change.before().get(), change.after())
                : insert(connection, change.after());
        if (!applies) {
            return writtenBefore(connection, change);
        }
        if (change.kblock().isPresent()) {
            insert(connection, change.kblock().get());
        }
        moveKBlocks(connection, change.movedKBlocks(), change.after());
        insert(connection, change.after(), change.events());
        if (change.completion().isPresent()) {
            add(connection, change.completion().get());
        }
        return true;
    }

    /** Whether this change is already in the database. */
    boolean writtenBefore(Connection connection, SessionChange change) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND_EVENT)) {
            new StatementParameters(statement, dialect)
                    .text(change.after().id())
                    .text(change.after().id())
                    .number(change.after().revision())
                    .text(change.events().getFirst().id());
            return !ResultRows.strings(statement).isEmpty();
        }
    }

    private boolean insert(Connection connection, Session session) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_SESSION)) {
            new StatementParameters(statement, dialect)
                    .text(session.id())
                    .text(session.userId())
                    .text(session.currentStep())
                    .bool(session.completed())
                    .time(session.completedAt())
                    .text(session.firstKBlockId())
                    .text(session.firstDeclaration())
                    .time(session.createdAt())
                    .time(session.updatedAt())
                    .time(session.lastActiveAt())
                    .text(session.flow())
                    .number(session.flowVersion())
                    .text(session.answerState().answers().json())
                    .number(session.revision())
                    .text(session.claimSecret().map(ClaimSecret::text))
                    .bool(session.completed());
            return statement.executeUpdate() == 1;
        }
    }

    private boolean update(Connection connection, Session before, Session after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE_SESSION)) {
            StatementParameters parameters = new StatementParameters(statement, dialect)
                    .text(after.userId())
                    .text(after.currentStep())
                    .bool(after.completed())
                    .time(after.completedAt()
                            .filter(time -> !before.completedAt().equals(Optional.of(time))))
                    .text(after.firstKBlockId())
                    .text(after.firstDeclaration())
                    .time(after.updatedAt())
                    .number(after.flowVersion())
                    .text(after.answerState().answers().json())
                    .time(after.dismissedAt())
                    .text(after.supersededBy())
                    .time(after.lastActiveAt()
                            .filter(time -> !before.lastActiveAt().equals(Optional.of(time))))
                    .number(after.revision())
                    .text(newClaimSecret(before, after))
                    .bool(after.completed());
            VersionCheck.set(parameters, before);
            if (statement.executeUpdate() != 1) {
                return false;
            }
        }
        if (!after.userId().equals(before.userId())) {
            setKBlocksUser(connection, after);
        }
        return true;
    }

    /** The claim secret to write; empty if the change keeps it. */
    public static Optional<String> newClaimSecret(Session before, Session after) {
        return after.claimSecret()
                .filter(secret -> !before.claimSecret().equals(Optional.of(secret)))
                .map(ClaimSecret::text);
    }

    private void setKBlocksUser(Connection connection, Session session) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET_KBLOCKS_USER)) {
            new StatementParameters(statement, dialect)
                    .text(session.userId())
                    .time(session.updatedAt())
                    .text(session.id());
            statement.executeUpdate();
        }
    }

    private void moveKBlocks(Connection connection, List<String> kblocks, Session session) throws SQLException {
        for (String kblock : kblocks) {
            try (PreparedStatement statement = connection.prepareStatement(COPY_KBLOCK)) {
                new StatementParameters(statement, dialect)
                        .text(session.id())
                        .text(session.userId())
                        .time(session.updatedAt())
                        .text(kblock)
                        .text(session.id());
                statement.executeUpdate();
            }
            try (PreparedStatement statement = connection.prepareStatement(DELETE_OLD_KBLOCK)) {
                new StatementParameters(statement, dialect).text(kblock).text(session.id());
                statement.executeUpdate();
            }
        }
    }

    private void insert(Connection connection, KBlock kblock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_KBLOCK)) {
            new StatementParameters(statement, dialect)
                    .text(kblock.id())
                    .text(kblock.sessionId())
                    .text(kblock.userId())
                    .number(kblock.layer())
                    .text(kblock.title())
                    .text(kblock.content())
                    .decimal(kblock.loss().value())
                    .decimal(kblock.loss().confidence())
                    .text(TagsColumn.format(kblock.tags()))
                    .time(kblock.createdAt())
                    .time(kblock.updatedAt());
            statement.executeUpdate();
        }
    }

    private void insert(Connection connection, Session session, List<SessionEvent> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_EVENT)) {
            for (SessionEvent event : events) {
                new StatementParameters(statement, dialect)
                        .text(event.id())
                        .text(session.id())
                        .text(session.userId())
                        .text(session.flow())
                        .number(session.flowVersion())
                        .text(event.type().code())
                        .text(event.step())
                        .number(session.revision())
                        .time(event.at())
                        .text(session.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void add(Connection connection, FlowCompletion completion) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD_COMPLETION)) {
            new StatementParameters(statement, dialect)
                    .text(completion.userId())
                    .text(completion.flow())
                    .time(completion.at())
                    .bool(completion.onboarding());
            statement.executeUpdate();
        }
    }
}
