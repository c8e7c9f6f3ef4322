/** Publishing: versions of flows, and what happens to open sessions. */
@NullMarked
package dev.onward.publishing;

import org.jspecify.annotations.NullMarked;
