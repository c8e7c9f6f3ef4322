/** The types of Onward's Java API: plain, immutable values and the exceptions that methods throw. */
@NullMarked
package dev.onward.model;

import org.jspecify.annotations.NullMarked;
