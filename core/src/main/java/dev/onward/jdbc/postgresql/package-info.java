/** What only PostgreSQL needs. */
@NullMarked
package dev.onward.jdbc.postgresql;

import org.jspecify.annotations.NullMarked;
