package dev.onward.jdbc;

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
 * Sets a statement's parameters to arrays, one behind the other: each holds one value of every item, in their order. For
 * PostgreSQL's {@code unnest}. Texts, truths and whole numbers go over the wire in binary, times and decimals as text.
 */
final class Columns {
    private final PreparedStatement statement;
    private int last;

    Columns(PreparedStatement statement) {
        this.statement = statement;
    }

    /** The next parameters, which are about these. */
    <I> Of<I> of(List<I> items) {
        return new Of<>(items);
    }

    /** @param <I> the items */
    final class Of<I> {
        private final List<I> items;

        private Of(List<I> items) {
            this.items = items;
        }

        Of<I> text(Function<I, String> value) throws SQLException {
            return column("text", items.stream().map(value).toArray(String[]::new));
        }

        Of<I> optionalText(Function<I, Optional<String>> value) throws SQLException {
            return optional("text", value);
        }

        Of<I> time(Function<I, Instant> value) throws SQLException {
            return column(
                    "timestamptz",
                    items.stream().map(item -> value.apply(item).toString()).toArray(String[]::new));
        }

        Of<I> optionalTime(Function<I, Optional<Instant>> value) throws SQLException {
            return optional("timestamptz", item -> value.apply(item).map(Instant::toString));
        }

        Of<I> truth(Function<I, Boolean> value) throws SQLException {
            return column("bool", items.stream().map(value).toArray(Boolean[]::new));
        }

        Of<I> number(Function<I, ? extends Number> value) throws SQLException {
            return column(
                    "int8",
                    items.stream().map(item -> value.apply(item).longValue()).toArray(Long[]::new));
        }

        Of<I> decimal(Function<I, BigDecimal> value) throws SQLException {
            return column("numeric", items.stream().map(value).toArray(BigDecimal[]::new));
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
