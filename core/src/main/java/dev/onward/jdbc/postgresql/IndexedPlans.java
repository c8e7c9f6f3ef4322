package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.connection.WriteLimits;

/**
 * Makes PostgreSQL use indexes instead of scanning tables.
 *
 * <p>PostgreSQL keeps the plan of a prepared statement until new statistics arrive, and for a table of a few rows it
 * plans a full scan. Until then, every lookup would scan a table that grows fast. So each lookup, and each transaction
 * that writes, changes the setting for itself. The setting ends with the transaction, also behind a pooler, and affects
 * nothing else on the connection.
 */
public final class IndexedPlans {
    private static final String SETTING = "set_config('enable_seqscan', 'off', true)";

    /** The setting as a query, so that it can precede another statement in one message to the database. */
    static final String ON = "SELECT " + SETTING;

    private static final String IN_ORDER = ON + ", set_config('enable_sort', 'off', true)";

    private IndexedPlans() {}

    /** The statement preceded by the setting. The statement's own results are the second ones. */
    static String before(String statement) {
        return ON + ";\n" + statement;
    }

    /**
     * The same for a query that reads in the order of an index: it does not sort all remaining rows to return a few.
     */
    static String inOrder(String query) {
        return IN_ORDER + ";\n" + query;
    }

    /**
     * A query that limits the lock waits of the current transaction and makes it use indexes. It ends with the
     * transaction, also behind a pooler.
     */
    static String begin(WriteLimits limits) {
        return limits.lockWait().isZero()
                ? ON
                : "SELECT set_config('lock_timeout', '" + limits.lockWait().toMillis() + "', true), " + SETTING;
    }
}
