/** Creates and upgrades the schema, and adopts an existing table. */
@NullMarked
package dev.onward.jdbc.migration;

import org.jspecify.annotations.NullMarked;
