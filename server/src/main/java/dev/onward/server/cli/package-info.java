/** The command line: serve, migrate, cleanup, stats, doctor. */
@NullMarked
package dev.onward.server.cli;

import org.jspecify.annotations.NullMarked;
