package dev.onward.jdbc;

import dev.onward.session.Position;
import dev.onward.session.Session;
import dev.onward.session.SessionFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The list of sessions, newest first: as many conditions as were asked for, each a text of its own. */
final class SessionList {
    /** Sets the parameters of one condition. */
    @FunctionalInterface
    private interface Setter {
        void set(Parameters parameters) throws SQLException;
    }

    private final Dialect dialect;
    private final List<String> conditions = new ArrayList<>();
    private final List<Setter> setters = new ArrayList<>();

    SessionList(Dialect dialect, SessionFilter filter) {
        this.dialect = dialect;
        filter.completed().ifPresent(value -> where("completed = ?", to -> to.truth(value)));
        filter.userId().ifPresent(value -> where("user_id = ?", to -> to.text(value)));
        filter.flow().ifPresent(value -> where("flow = ?", to -> to.text(value)));
        filter.step().ifPresent(value -> where("current_step = ?", to -> to.text(value)));
        filter.createdBefore().ifPresent(value -> where("created_at < ?", to -> to.time(value)));
    }

    SessionList after(Position position) {
        where("(created_at, id) < (?, ?)", to -> to.time(position.createdAt()).text(position.id()));
        return this;
    }

    private void where(String condition, Setter setter) {
        conditions.add(condition);
        setters.add(setter);
    }

    List<Session> read(Connection connection, int limit) throws SQLException {
        String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT * FROM onboarding_sessions " + where + " ORDER BY created_at DESC, id DESC LIMIT ?")) {
            Parameters parameters = new Parameters(statement, dialect);
            for (Setter setter : setters) {
                setter.set(parameters);
            }
            parameters.number(limit);
            return Rows.all(statement, new SessionRows(dialect)::session);
        }
    }
}
