package dev.onward.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The rule stands in the database's function {@code onboarding_take_in}. */
final class PostgresTakeIn implements TakeIn {

    @Override
    public void sessions(Connection connection, List<String> ids) throws SQLException {
        Array array = connection.createArrayOf("text", ids.toArray());
        try (PreparedStatement statement = connection.prepareStatement("SELECT onboarding_take_in(?)")) {
            statement.setArray(1, array);
            statement.execute();
        }
    }

    /** PostgreSQL's foreign keys leave none. */
    @Override
    public void orphans(Connection connection) {}
}
