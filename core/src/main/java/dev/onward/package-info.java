/**
 * Onward's Java API. Start with {@link dev.onward.Onward#builder}.
 *
 * <p>Only this package and {@code dev.onward.model} are exported; all else may change in any release.
 */
@NullMarked
package dev.onward;

import org.jspecify.annotations.NullMarked;
