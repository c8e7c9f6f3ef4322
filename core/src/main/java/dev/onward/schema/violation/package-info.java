/** Words what is wrong with an answer, field by field. */
@NullMarked
package dev.onward.schema.violation;

import org.jspecify.annotations.NullMarked;
