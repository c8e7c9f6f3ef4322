/** The command line: one class for each command. */
@NullMarked
package dev.onward.server.cli;

import org.jspecify.annotations.NullMarked;
