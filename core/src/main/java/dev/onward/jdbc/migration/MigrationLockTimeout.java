package dev.onward.jdbc.migration;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Limits how long each migration waits for a lock. Runs in the migration's own transaction. */
final class MigrationLockTimeout extends BaseCallback {
    private final MigrationDialect dialect;

    MigrationLockTimeout(MigrationDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            dialect.limitLockWait(context.getConnection());
        } catch (SQLException e) {
            throw new FlywayException("the wait for locks cannot be bounded", e);
        }
    }
}
