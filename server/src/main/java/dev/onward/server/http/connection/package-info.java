/** Limits connections: their number, their deadlines, and the memory of their bodies. */
@NullMarked
package dev.onward.server.http.connection;

import org.jspecify.annotations.NullMarked;
