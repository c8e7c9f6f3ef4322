package dev.onward.jdbc.store;

import dev.onward.jdbc.batch.GroupCommit;
import dev.onward.jdbc.transaction.BatchResult;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.transition.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds sessions by their ids, several with one query. */
public record BatchFind(Transactions transactions, SessionRowMapper rows)
        implements GroupCommit.BatchOperation<String, Optional<Session>> {

    private static final String FIND = "SELECT * FROM onboarding_sessions WHERE id = ?";

    /** Reads never conflict. */
    @Override
    public Set<String> keys(String id) {
        return Set.of();
    }

    @Override
    public BatchResult<Optional<Session>> executeBatch(List<String> ids) {
        return transactions.readBatch(connection -> {
            transactions.dialect().limitBatch(connection);
            if (ids.size() == 1) {
                return List.of(find(connection, ids.getFirst()));
            }
            Map<String, Session> found = find(connection, Set.copyOf(ids)).stream()
                    .collect(Collectors.toMap(Session::id, Function.identity()));
            return ids.stream().map(id -> Optional.ofNullable(found.get(id))).toList();
        });
    }

    @Override
    public Optional<Session> executeSingle(String id, long since) {
        return transactions.read(connection -> find(connection, id), since);
    }

    @Override
    public Optional<Session> executeAfterUnknownOutcome(String id, long since, Throwable reason) {
        return executeSingle(id, since);
    }

    private Optional<Session> find(Connection connection, String id) throws SQLException {
        return IndexedQuery.byKey(transactions.dialect(), FIND).first(connection, to -> to.text(id), rows::session);
    }

    private List<Session> find(Connection connection, Set<String> ids) throws SQLException {
        Dialect dialect = transactions.dialect();
        return IndexedQuery.byKey(dialect, "SELECT * FROM onboarding_sessions WHERE id " + dialect.oneOf())
                .all(connection, to -> to.texts(ids), rows::session);
    }
}
