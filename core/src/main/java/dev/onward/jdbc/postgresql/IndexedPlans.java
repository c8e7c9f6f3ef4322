package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.connection.WriteLimits;

/**
 * Keeps PostgreSQL from reading tables through where it should look rows up.
 *
 * <p>PostgreSQL keeps the plan of a prepared statement until new statistics come, and for a table of a few rows it plans
 * to read all of it. A table that grows fast would be read through by every lookup until then. So each lookup, and each
 * transaction that writes, sets this for itself: it holds until the transaction ends, also behind a pooler, and
 * nobody else on the connection feels it.
 */
public final class IndexedPlans {
    private static final String SETTING = "set_config('enable_seqscan', 'off', true)";

    /** A query, so that it may go before another statement in one message to the database. */
    static final String ON = "SELECT " + SETTING;

    private static final String IN_ORDER = ON + ", set_config('enable_sort', 'off', true)";

    private IndexedPlans() {}

    /** The statement with this before it. Its own results are the second ones. */
    static String before(String statement) {
        return ON + ";\n" + statement;
    }

    /** The same for a query that reads on in the order of an index: it does not sort all that is left for a few rows. */
    static String inOrder(String query) {
        return IN_ORDER + ";\n" + query;
    }

    /**
     * A query that bounds the locks of the current transaction and makes it look rows up by indexes. It holds for that
     * transaction alone, so also behind a pooler.
     */
    static String begin(WriteLimits limits) {
        return limits.lockWait().isZero()
                ? ON
                : "SELECT set_config('lock_timeout', '" + limits.lockWait().toMillis() + "', true), " + SETTING;
    }
}
