package dev.onward.jdbc;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets a statement's parameters to arrays, one behind the other: each holds one value of every item, in their order. For
 * PostgreSQL's {@code unnest}.
 *
 * @param <I> the items
 */
final class Columns<I> {
    private final PreparedStatement statement;
    private final List<I> items;
    private int last;

    Columns(PreparedStatement statement, List<I> items) {
        this.statement = statement;
        this.items = items;
    }

    Columns<I> text(Function<I, String> value) throws SQLException {
        return column("text", value::apply);
    }

    Columns<I> optionalText(Function<I, Optional<String>> value) throws SQLException {
        return column("text", item -> value.apply(item).orElse(null));
    }

    Columns<I> time(Function<I, Instant> value) throws SQLException {
        return column("timestamptz", item -> value.apply(item).toString());
    }

    Columns<I> optionalTime(Function<I, Optional<Instant>> value) throws SQLException {
        return column(
                "timestamptz", item -> value.apply(item).map(Instant::toString).orElse(null));
    }

    Columns<I> truth(Function<I, Boolean> value) throws SQLException {
        return column("bool", value::apply);
    }

    Columns<I> number(Function<I, ? extends Number> value) throws SQLException {
        return column("int8", value::apply);
    }

    Columns<I> decimal(Function<I, java.math.BigDecimal> value) throws SQLException {
        return column("numeric", value::apply);
    }

    private Columns<I> column(String type, Function<I, @Nullable Object> value) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[items.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(items.get(i));
        }
        Array array = statement.getConnection().createArrayOf(type, values);
        statement.setArray(++last, array);
        return this;
    }
}
