package dev.onward.jdbc.connection;

import java.sql.Connection;
import java.sql.SQLException;

/** Work on a connection. A write may run again from its beginning, so it must recognise its own earlier effects. */
@FunctionalInterface
public interface ConnectionCallback<T> {
    T on(Connection connection) throws SQLException;
}
