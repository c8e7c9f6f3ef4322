/** Measures Onward against what its database can do alone, and writes a report. */
@NullMarked
package dev.onward.bench;

import org.jspecify.annotations.NullMarked;
