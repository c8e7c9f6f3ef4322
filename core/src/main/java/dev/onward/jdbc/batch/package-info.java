/** Group commit: many callers, one transaction. */
@NullMarked
package dev.onward.jdbc.batch;

import org.jspecify.annotations.NullMarked;
