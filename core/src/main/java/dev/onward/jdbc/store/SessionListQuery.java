package dev.onward.jdbc.store;

import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.session.SessionFilter;
import dev.onward.session.SessionPage.ListPosition;
import dev.onward.transition.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The list of sessions, newest first. Each combination of filters is a statement of its own. */
final class SessionListQuery {
    private static final String ALL = "SELECT * FROM onboarding_sessions";

    /** A user has few sessions, so finding these first is never slower than scanning all sessions in order. */
    private static final String OF_USER = """
            WITH theirs AS MATERIALIZED (SELECT * FROM onboarding_sessions WHERE user_id = ?)
            SELECT * FROM theirs""";

    private final Dialect dialect;
    private final String sessions;
    private final List<String> conditions = new ArrayList<>();
    private final List<IndexedQuery.ParameterSetter> setters = new ArrayList<>();

    SessionListQuery(Dialect dialect, SessionFilter filter) {
        this.dialect = dialect;
        sessions = filter.userId().isPresent() ? OF_USER : ALL;
        filter.userId().ifPresent(value -> setters.add(to -> to.text(value)));
        filter.completed().ifPresent(value -> where("completed = ?", to -> to.bool(value)));
        filter.flow().ifPresent(value -> where("flow = ?", to -> to.text(value)));
        filter.step().ifPresent(value -> where("current_step = ?", to -> to.text(value)));
        filter.createdBefore().ifPresent(value -> where("created_at < ?", to -> to.time(value)));
    }

    SessionListQuery after(ListPosition position) {
        where("(created_at, id) < (?, ?)", to -> to.time(position.createdAt()).text(position.id()));
        return this;
    }

    private void where(String condition, IndexedQuery.ParameterSetter setter) {
        conditions.add(condition);
        setters.add(setter);
    }

    List<Session> read(Connection connection, int limit) throws SQLException {
        String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
        String query = sessions + " " + where + " ORDER BY created_at DESC, id DESC LIMIT ?";
        return IndexedQuery.page(dialect, query)
                .all(
                        connection,
                        to -> {
                            for (IndexedQuery.ParameterSetter setter : setters) {
                                setter.set(to);
                            }
                            to.number(limit);
                        },
                        new SessionRowMapper(dialect)::session);
    }
}
