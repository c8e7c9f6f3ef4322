package dev.onward.jdbc;

import dev.onward.kblock.KBlock;
import dev.onward.kblock.Loss;
import dev.onward.session.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads rows into what they mean. */
record SessionRows(Dialect dialect) {

    Session session(ResultSet row) throws SQLException {
        boolean completed = row.getBoolean("completed");
        return new Session(
                row.getString("id"),
                Optional.ofNullable(row.getString("user_id")),
                row.getString("flow"),
                row.getInt("flow_version"),
                row.getString("current_step"),
                completed,
                dialect.time(row, "completed_at"),
                Optional.ofNullable(row.getString("first_kblock_id")),
                Optional.ofNullable(row.getString("first_declaration")),
                dialect.time(row, "dismissed_at"),
                row.getLong("revision"),
                row.getBoolean("started_recorded") && (!completed || row.getBoolean("completed_recorded")),
                dialect.time(row, "created_at").orElseThrow(),
                dialect.time(row, "updated_at").orElseThrow());
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
                Tags.parse(row.getString("tags")),
                dialect.time(row, "created_at").orElseThrow(),
                dialect.time(row, "updated_at").orElseThrow());
    }
}
