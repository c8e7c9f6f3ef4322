/** Flows, their steps, and which steps are visible. Pure. */
@NullMarked
package dev.onward.flow;

import org.jspecify.annotations.NullMarked;
