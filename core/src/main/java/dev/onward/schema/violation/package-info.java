/** Describes the violations of an answer, field by field. */
@NullMarked
package dev.onward.schema.violation;

import org.jspecify.annotations.NullMarked;
