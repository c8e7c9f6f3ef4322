/** The rules: which changes of a session are legal, and what each one writes. Pure. */
@NullMarked
package dev.onward.transition;

import org.jspecify.annotations.NullMarked;
