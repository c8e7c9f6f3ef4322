/** Retention: which sessions are abandoned and how they are deleted. */
@NullMarked
package dev.onward.retention;

import org.jspecify.annotations.NullMarked;
