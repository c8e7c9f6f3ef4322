/** What only SQLite needs. */
@NullMarked
package dev.onward.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
