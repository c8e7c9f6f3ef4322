/** Creates and upgrades the schema, and adopts a standing table. */
@NullMarked
package dev.onward.jdbc.migration;

import org.jspecify.annotations.NullMarked;
