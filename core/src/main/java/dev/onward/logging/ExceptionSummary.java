package dev.onward.logging;

import java.sql.SQLException;

/**
 * An exception as a log may show it: its type, its stack trace and its causes. Of a database's exception only the codes
 * are logged, because its message may quote data, for example session ids. Onward's own messages never quote data.
 */
public final class ExceptionSummary extends RuntimeException {
    private static final String OWN_PACKAGES = "dev.onward.";

    public ExceptionSummary(Throwable failure) {
        super(describe(failure), failure.getCause() == null ? null : new ExceptionSummary(failure.getCause()));
        setStackTrace(failure.getStackTrace());
    }

    private static String describe(Throwable failure) {
        String type = failure.getClass().getName();
        if (type.startsWith(OWN_PACKAGES)) {
            return type + ": " + failure.getMessage();
        }
        return failure instanceof SQLException sql
                ? type + " (SQLSTATE " + sql.getSQLState() + ", code " + sql.getErrorCode() + ")"
                : type;
    }
}
