/** Load: wrk for HTTP, pgbench for the database alone. */
@NullMarked
package dev.onward.bench.load;

import org.jspecify.annotations.NullMarked;
