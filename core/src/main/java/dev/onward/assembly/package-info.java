/** Builds the services on a database, for the facade and for the server. */
@NullMarked
package dev.onward.assembly;

import org.jspecify.annotations.NullMarked;
