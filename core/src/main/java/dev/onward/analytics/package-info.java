/** Analytics: how many people start, finish and drop off, and where. */
@NullMarked
package dev.onward.analytics;

import org.jspecify.annotations.NullMarked;
