/** The adapter to PostgreSQL. */
@NullMarked
package dev.onward.jdbc.postgresql;

import org.jspecify.annotations.NullMarked;
