/** Flows: what a person is asked, in which order, read from YAML. Pure. */
@NullMarked
package dev.onward.flow;

import org.jspecify.annotations.NullMarked;
