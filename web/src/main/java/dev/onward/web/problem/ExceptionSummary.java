package dev.onward.web.problem;

import java.sql.SQLException;

/**
 * A fault as the log may show it: what kind, where, and why. Of a database's exception only the codes are kept, since
 * its text may quote the data, session ids among it. Our own texts never do.
 */
public final class ExceptionSummary extends RuntimeException {
    private static final String OURS = "dev.onward.";

    public ExceptionSummary(Throwable fault) {
        super(describe(fault), fault.getCause() == null ? null : new ExceptionSummary(fault.getCause()));
        setStackTrace(fault.getStackTrace());
    }

    private static String describe(Throwable fault) {
        String kind = fault.getClass().getName();
        return switch (fault) {
            case SQLException sql
            when !kind.startsWith(OURS) ->
                kind + " (SQLSTATE " + sql.getSQLState() + ", code " + sql.getErrorCode() + ")";
            // Others' texts may quote what was sent; ours never do.
            default -> kind.startsWith(OURS) ? kind + ": " + fault.getMessage() : kind;
        };
    }
}
