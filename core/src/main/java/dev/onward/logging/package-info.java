/** How exceptions appear in a log. */
@NullMarked
package dev.onward.logging;

import org.jspecify.annotations.NullMarked;
