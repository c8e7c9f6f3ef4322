/** JSON Schemas for answers: checked before they are published, and harmless whatever they say. Pure. */
@NullMarked
package dev.onward.schema;

import org.jspecify.annotations.NullMarked;
