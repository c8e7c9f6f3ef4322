/** The adapter to SQLite. */
@NullMarked
package dev.onward.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
