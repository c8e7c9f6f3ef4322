package dev.onward.jdbc.transaction;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the rows of a query's result. */
public final class ResultRows {
    private ResultRows() {}

    @FunctionalInterface
    public interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    public static <T> List<T> all(PreparedStatement statement, Mapper<T> mapper) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return all(row, mapper);
        }
    }

    public static <T> List<T> all(ResultSet row, Mapper<T> mapper) throws SQLException {
        List<T> found = new ArrayList<>();
        while (row.next()) {
            found.add(mapper.map(row));
        }
        return found;
    }

    public static <T> Optional<T> first(PreparedStatement statement, Mapper<T> mapper) throws SQLException {
        return all(statement, mapper).stream().findFirst();
    }

    public static List<String> strings(PreparedStatement statement) throws SQLException {
        return all(statement, row -> row.getString(1));
    }
}
