/** Validates answers against JSON Schema 2020-12 with a library, protected against hostile schemas. */
@NullMarked
package dev.onward.schema.validator;

import org.jspecify.annotations.NullMarked;
