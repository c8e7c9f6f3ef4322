/** The server. */
@NullMarked
package dev.onward.server;

import org.jspecify.annotations.NullMarked;
