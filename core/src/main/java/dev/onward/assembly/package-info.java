/** Builds the parts that work on a database: the same ones for the facade and for the server. */
@NullMarked
package dev.onward.assembly;

import org.jspecify.annotations.NullMarked;
