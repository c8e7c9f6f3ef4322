/** How exceptions of a database appear in a log. */
@NullMarked
package dev.onward.jdbc.logging;

import org.jspecify.annotations.NullMarked;
