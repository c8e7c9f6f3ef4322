package dev.onward.jdbc.connection;

import java.sql.Connection;
import java.sql.SQLException;

/** Work on a connection. A write may be run again from its beginning: it has to recognise what it did itself. */
@FunctionalInterface
public interface ConnectionCallback<T> {
    T on(Connection connection) throws SQLException;
}
