/** Keeps connections within bounds: how many there are, how long they take, and how much memory their bodies use. */
@NullMarked
package dev.onward.server.http.connection;

import org.jspecify.annotations.NullMarked;
