/** The event reader: all events in order, and listeners that read them with a durable cursor. */
@NullMarked
package dev.onward.event;

import org.jspecify.annotations.NullMarked;
