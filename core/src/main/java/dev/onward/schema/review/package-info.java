/** Reviews the schemas of a flow before it is published. */
@NullMarked
package dev.onward.schema.review;

import org.jspecify.annotations.NullMarked;
