/** JSON text to plain values and back. */
@NullMarked
package dev.onward.json;

import org.jspecify.annotations.NullMarked;
