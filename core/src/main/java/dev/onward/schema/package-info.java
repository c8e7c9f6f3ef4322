/** JSON Schemas for answers: reviewed before publishing, and harmless whatever they contain. Pure. */
@NullMarked
package dev.onward.schema;

import org.jspecify.annotations.NullMarked;
