package dev.onward.jdbc.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source that prepares the connections of another one. */
public abstract class DelegatingDataSource implements DataSource {
    private final DataSource target;

    protected DelegatingDataSource(DataSource target) {
        this.target = target;
    }

    /** Prepares a connection of the target. Closes it if this throws. */
    protected abstract Connection received(Connection connection) throws SQLException;

    @Override
    public Connection getConnection() throws SQLException {
        return received(target.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return received(target.getConnection(user, password));
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return target.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        target.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        target.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.onward");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(target) || target.isWrapperFor(type);
    }
}
