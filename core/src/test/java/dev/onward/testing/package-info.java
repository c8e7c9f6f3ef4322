/** Support for tests of Onward: real databases and a settable clock. */
@NullMarked
package dev.onward.testing;

import org.jspecify.annotations.NullMarked;
