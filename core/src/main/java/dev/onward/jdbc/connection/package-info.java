/** How a database's connections are borrowed, used for one attempt, and given back. */
@NullMarked
package dev.onward.jdbc.connection;

import org.jspecify.annotations.NullMarked;
