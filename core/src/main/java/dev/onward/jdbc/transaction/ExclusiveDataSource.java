package dev.onward.jdbc.transaction;

import dev.onward.jdbc.connection.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The embedder's data source, which has to give Onward connections of its own: Onward commits and rolls back on them. A
 * connection that is in a transaction of the calling thread is refused, and that transaction stays as it is. Thread-safe.
 *
 * <p>Connections that come with auto-commit on are in none. Of the others, a pool that is set so gives them with at most an
 * empty transaction, which the pool's own test of the connection began and which is rolled back here.
 */
public final class ExclusiveDataSource extends DelegatingDataSource {
    private static final String REFUSED = "The data source joins transactions of the calling thread, and Onward would"
            + " commit them. Pass the data source that it wraps: Onward.builder(proxy.getTargetDataSource()). To work"
            + " inside a transaction of yours, call onward.using(connection).";

    private final Dialect dialect;
    private final boolean autoCommit;

    /** @param autoCommit the mode of connections that no transaction of a caller can have changed */
    public ExclusiveDataSource(DataSource target, Dialect dialect, boolean autoCommit) {
        super(target);
        this.dialect = dialect;
        this.autoCommit = autoCommit;
    }

    /** @throws DatabaseException if the data source is of a type that joins the transactions of its callers */
    public static void requireNotJoining(DataSource dataSource) {
        if (JoiningDataSources.joins(dataSource)) {
            throw new DatabaseException(REFUSED);
        }
    }

    /** @throws IllegalStateException if the connection is in a transaction of the calling thread */
    @Override
    protected Connection received(Connection connection) throws SQLException {
        boolean own = false;
        try {
            if (!connection.getAutoCommit()) {
                requireOwn(connection);
            }
            own = true;
            return connection;
        } finally {
            if (!own) {
                connection.close();
            }
        }
    }

    private void requireOwn(Connection connection) throws SQLException {
        switch (dialect.openTransaction(connection)) {
            case NONE -> {}
            case UNWRITTEN -> {
                if (autoCommit) {
                    throw new IllegalStateException(REFUSED);
                }
                connection.rollback();
            }
            case WRITTEN -> throw new IllegalStateException(REFUSED);
        }
    }
}
