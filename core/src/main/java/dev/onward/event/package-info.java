/** Reads events in order, and delivers them to listeners with a stored cursor for each. */
@NullMarked
package dev.onward.event;

import org.jspecify.annotations.NullMarked;
