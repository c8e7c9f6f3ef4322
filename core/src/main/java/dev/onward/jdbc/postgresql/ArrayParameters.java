package dev.onward.jdbc.postgresql;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets the array parameters of a statement, in order, for PostgreSQL's {@code unnest}: each array holds one value of
 * every item. Text, booleans and whole numbers are sent in binary, times and decimals as text.
 */
final class ArrayParameters {
    private final PreparedStatement statement;
    private int last;

    ArrayParameters(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Starts the parameters of these items. */
    <I> Of<I> of(List<I> items) {
        return new Of<>(items);
    }

    /**
     * Sets parameters of one list of items.
     *
     * @param <I> the type of the items
     */
    final class Of<I> {
        private final List<I> items;

        private Of(List<I> items) {
            this.items = items;
        }

        Of<I> text(Function<I, String> value) throws SQLException {
            return column("text", values(new String[items.size()], value));
        }

        Of<I> optionalText(Function<I, Optional<String>> value) throws SQLException {
            return optional("text", value);
        }

        Of<I> time(Function<I, Instant> value) throws SQLException {
            return column(
                    "timestamptz",
                    values(new String[items.size()], item -> value.apply(item).toString()));
        }

        Of<I> optionalTime(Function<I, Optional<Instant>> value) throws SQLException {
            return optional("timestamptz", item -> value.apply(item).map(Instant::toString));
        }

        Of<I> bool(Function<I, Boolean> value) throws SQLException {
            return column("bool", values(new Boolean[items.size()], value));
        }

        Of<I> number(Function<I, ? extends Number> value) throws SQLException {
            return column(
                    "int8",
                    values(new Long[items.size()], item -> value.apply(item).longValue()));
        }

        Of<I> decimal(Function<I, BigDecimal> value) throws SQLException {
            return column("numeric", values(new BigDecimal[items.size()], value));
        }

        private <T> T[] values(T[] values, Function<I, T> value) {
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(items.get(i));
            }
            return values;
        }

        private Of<I> optional(String type, Function<I, Optional<String>> value) throws SQLException {
            @Nullable String[] values = new @Nullable String[items.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(items.get(i)).orElse(null);
            }
            return column(type, values);
        }

        private Of<I> column(String type, @Nullable Object[] values) throws SQLException {
            Array array = statement.getConnection().createArrayOf(type, values);
            statement.setArray(++last, array);
            return this;
        }
    }
}
