/** The stores on SQLite and PostgreSQL, their migrations, and what becomes of a failed transaction. */
@NullMarked
package dev.onward.jdbc;

import org.jspecify.annotations.NullMarked;
