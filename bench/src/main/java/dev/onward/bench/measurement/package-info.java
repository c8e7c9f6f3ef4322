/** The measurements, one class each; {@code Measurements} lists them. */
@NullMarked
package dev.onward.bench.measurement;

import org.jspecify.annotations.NullMarked;
