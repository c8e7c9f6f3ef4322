/** Statistics: how many sessions start, complete and drop off, and where. */
@NullMarked
package dev.onward.analytics;

import org.jspecify.annotations.NullMarked;
