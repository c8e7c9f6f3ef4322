/** {@code onward flows}: checks, lists and publishes flows. */
@NullMarked
package dev.onward.server.cli.flows;

import org.jspecify.annotations.NullMarked;
