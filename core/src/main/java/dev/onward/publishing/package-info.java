/** Publishing: versions of flows, and what becomes of the sessions that are under way. */
@NullMarked
package dev.onward.publishing;

import org.jspecify.annotations.NullMarked;
