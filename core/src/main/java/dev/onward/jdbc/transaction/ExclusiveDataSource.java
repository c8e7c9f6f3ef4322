package dev.onward.jdbc.transaction;

import dev.onward.jdbc.connection.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The embedder's data source, restricted to connections that Onward may commit and roll back. It rejects a connection
 * that is in a transaction of the calling thread, and leaves that transaction unchanged. Thread-safe.
 *
 * <p>A connection in auto-commit mode is in no transaction. A pool that turns auto-commit off may return a connection
 * with an empty transaction, which the pool's own connection test began and which is rolled back here.
 */
public final class ExclusiveDataSource extends DelegatingDataSource {
    private static final String IN_TRANSACTION =
            "The data source joins transactions of the calling thread, and Onward would"
                    + " commit them. Pass the data source that it wraps: Onward.builder(proxy.getTargetDataSource()). To work"
                    + " inside a transaction of yours, call onward.using(connection).";

    private final Dialect dialect;
    private final boolean autoCommit;

    /** @param autoCommit the mode of connections that cannot be in a transaction of a caller */
    public ExclusiveDataSource(DataSource target, Dialect dialect, boolean autoCommit) {
        super(target);
        this.dialect = dialect;
        this.autoCommit = autoCommit;
    }

    /** @throws DatabaseException if the data source has a type that joins its callers' transactions */
    public static void requireNotJoining(DataSource dataSource) {
        if (JoiningDataSources.joins(dataSource)) {
            throw new DatabaseException(IN_TRANSACTION);
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
                    throw new IllegalStateException(IN_TRANSACTION);
                }
                connection.rollback();
            }
            case WRITTEN -> throw new IllegalStateException(IN_TRANSACTION);
        }
    }
}
