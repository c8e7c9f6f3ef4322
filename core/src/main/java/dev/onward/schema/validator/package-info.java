/** Checks answers against JSON Schema 2020-12 with a library, hardened against hostile schemas. */
@NullMarked
package dev.onward.schema.validator;

import org.jspecify.annotations.NullMarked;
