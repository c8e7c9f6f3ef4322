/** Transactions, retries and long reads: what every statement runs in. */
@NullMarked
package dev.onward.jdbc.transaction;

import org.jspecify.annotations.NullMarked;
