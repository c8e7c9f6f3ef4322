/** Other programs: finding, starting, measuring and stopping them. */
@NullMarked
package dev.onward.bench.process;

import org.jspecify.annotations.NullMarked;
