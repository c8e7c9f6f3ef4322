package dev.onward.jdbc.transaction;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Sets a statement's parameters in order. */
public final class StatementParameters {
    private final PreparedStatement statement;
    private final Dialect dialect;
    private int last;

    public StatementParameters(PreparedStatement statement, Dialect dialect) {
        this.statement = statement;
        this.dialect = dialect;
    }

    public StatementParameters text(String value) throws SQLException {
        statement.setString(++last, value);
        return this;
    }

    public StatementParameters text(Optional<String> value) throws SQLException {
        if (value.isPresent()) {
            return text(value.get());
        }
        statement.setNull(++last, Types.VARCHAR);
        return this;
    }

    /** For {@link Dialect#oneOf}. */
    public StatementParameters texts(Collection<String> values) throws SQLException {
        dialect.setTexts(statement, ++last, values);
        return this;
    }

    public StatementParameters time(Instant value) throws SQLException {
        dialect.setTime(statement, ++last, value);
        return this;
    }

    public StatementParameters time(Optional<Instant> value) throws SQLException {
        if (value.isPresent()) {
            return time(value.get());
        }
        statement.setNull(++last, dialect.timeType());
        return this;
    }

    public StatementParameters bool(boolean value) throws SQLException {
        statement.setBoolean(++last, value);
        return this;
    }

    public StatementParameters number(long value) throws SQLException {
        statement.setLong(++last, value);
        return this;
    }

    public StatementParameters number(int value) throws SQLException {
        statement.setInt(++last, value);
        return this;
    }

    public StatementParameters number(Optional<Integer> value) throws SQLException {
        if (value.isPresent()) {
            return number(value.get());
        }
        statement.setNull(++last, Types.INTEGER);
        return this;
    }

    public StatementParameters decimal(BigDecimal value) throws SQLException {
        statement.setBigDecimal(++last, value);
        return this;
    }
}
