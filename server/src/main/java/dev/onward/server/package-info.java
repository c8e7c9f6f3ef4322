/** The server: the composition root, and the commands that start and stop it. */
@NullMarked
package dev.onward.server;

import org.jspecify.annotations.NullMarked;
