/** Opens SQLite and PostgreSQL databases, and checks their health. */
@NullMarked
package dev.onward.jdbc;

import org.jspecify.annotations.NullMarked;
