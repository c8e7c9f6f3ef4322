package dev.onward.jdbc;

import dev.onward.kblock.KBlock;
import dev.onward.session.Change;
import dev.onward.session.FlowChoice;
import dev.onward.session.Position;
import dev.onward.session.Profile;
import dev.onward.session.Session;
import dev.onward.session.SessionFilter;
import dev.onward.session.SessionStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sessions on SQLite and PostgreSQL. */
record JdbcSessionStore(Transactions transactions, SessionRows rows, ChangeWriter writer) implements SessionStore {

    private static final String FIND = "SELECT * FROM onboarding_sessions WHERE id = ?";

    private static final String NEWEST = """
            SELECT * FROM onboarding_sessions
            WHERE user_id = ? AND completed = ? AND flow = coalesce(?, flow)
            ORDER BY created_at DESC, id DESC
            LIMIT 1
            """;

    private static final String ANY_COMPLETED = "SELECT EXISTS (SELECT 1 FROM onboarding_sessions WHERE completed)";

    private static final String FIND_KBLOCK = "SELECT * FROM onboarding_kblocks WHERE id = ?";

    private static final String FIND_COMPLETIONS = """
            SELECT flow, completed_at, onboarding FROM onboarding_profiles WHERE user_id = ?
            """;

    private record Completed(String flow, Instant at, boolean onboarding) {}

    JdbcSessionStore(Transactions transactions) {
        this(transactions, new SessionRows(transactions.dialect()), new ChangeWriter(transactions.dialect()));
    }

    @Override
    public Optional<Session> find(String id) {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                statement.setString(1, id);
                return Rows.first(statement, rows::session);
            }
        });
    }

    @Override
    public Optional<Session> newest(String userId, boolean completed, FlowChoice flow) {
        Optional<String> only = switch (flow) {
            case FlowChoice.Any() -> Optional.empty();
            case FlowChoice.Only(String name) -> Optional.of(name);
        };
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
                new Parameters(statement, transactions.dialect())
                        .text(userId)
                        .truth(completed)
                        .text(only);
                return Rows.first(statement, rows::session);
            }
        });
    }

    @Override
    public boolean anyCompleted() {
        return transactions.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(ANY_COMPLETED)) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    @Override
    public List<Session> list(SessionFilter filter, int limit) {
        SessionList list = new SessionList(transactions.dialect(), filter);
        return transactions.read(connection -> list.read(connection, limit));
    }

    @Override
    public List<Session> listAfter(Position position, SessionFilter filter, int limit) {
        SessionList list = new SessionList(transactions.dialect(), filter).after(position);
        return transactions.read(connection -> list.read(connection, limit));
    }

    @Override
    public Optional<KBlock> kblock(String id) {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND_KBLOCK)) {
                statement.setString(1, id);
                return Rows.first(statement, rows::kblock);
            }
        });
    }

    @Override
    public Profile profile(String userId) {
        List<Completed> completions = transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND_COMPLETIONS)) {
                statement.setString(1, userId);
                return Rows.all(statement, this::completed);
            }
        });
        return new Profile(
                userId,
                completions.stream()
                        .filter(Completed::onboarding)
                        .map(Completed::at)
                        .min(Comparator.naturalOrder()),
                completions.stream().collect(Collectors.toMap(Completed::flow, Completed::at)));
    }

    private Completed completed(ResultSet row) throws SQLException {
        return new Completed(
                row.getString("flow"),
                transactions.dialect().time(row, "completed_at").orElseThrow(),
                row.getBoolean("onboarding"));
    }

    @Override
    public boolean write(Change change) {
        return transactions.write(connection -> writer.write(connection, change));
    }
}
