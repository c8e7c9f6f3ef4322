/** Measures Onward beside what its database can do alone, and writes down what came out. */
@NullMarked
package dev.onward.bench;

import org.jspecify.annotations.NullMarked;
