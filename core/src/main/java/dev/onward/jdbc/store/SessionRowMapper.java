package dev.onward.jdbc.store;

import dev.onward.flow.Answers;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.kblock.KBlock;
import dev.onward.kblock.Loss;
import dev.onward.session.EventPosition;
import dev.onward.session.RecordedEvent;
import dev.onward.transition.AnswerState;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.Session;
import dev.onward.transition.SessionProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Converts rows to values. */
record SessionRowMapper(Dialect dialect) {

    Session session(ResultSet row) throws SQLException {
        boolean completed = row.getBoolean("completed");
        return new Session(
                row.getString("id"),
                Optional.ofNullable(row.getString("user_id")),
                row.getString("flow"),
                row.getInt("flow_version"),
                new SessionProgress(
                        row.getString("current_step"),
                        completed,
                        dialect.time(row, "completed_at"),
                        dialect.time(row, "dismissed_at"),
                        Optional.ofNullable(row.getString("superseded_by"))),
                new AnswerState(
                        Answers.parse(row.getString("answers")),
                        Optional.ofNullable(row.getString("first_declaration")),
                        Optional.ofNullable(row.getString("first_kblock_id"))),
                row.getLong("revision"),
                row.getBoolean("started_recorded") && (!completed || row.getBoolean("completed_recorded")),
                dialect.time(row, "created_at").orElseThrow(),
                dialect.time(row, "updated_at").orElseThrow(),
                dialect.time(row, "last_active_at"),
                Optional.ofNullable(row.getString("claim_secret_hash")).map(ClaimSecret::new));
    }

    KBlock kblock(ResultSet row) throws SQLException {
        return new KBlock(
                row.getString("id"),
                row.getString("session_id"),
                Optional.ofNullable(row.getString("user_id")),
                row.getInt("layer"),
                row.getString("title"),
                row.getString("content"),
                new Loss(row.getBigDecimal("loss")),
                TagsColumn.parse(row.getString("tags")),
                dialect.time(row, "created_at").orElseThrow(),
                dialect.time(row, "updated_at").orElseThrow());
    }

    RecordedEvent event(ResultSet row) throws SQLException {
        return new RecordedEvent(
                row.getString("id"),
                Optional.ofNullable(row.getString("user_id")),
                row.getString("flow"),
                row.getInt("flow_version"),
                row.getString("type"),
                new EventPosition(row.getLong("revision"), row.getInt("place"), row.getString("step")),
                dialect.time(row, "at").orElseThrow());
    }
}
