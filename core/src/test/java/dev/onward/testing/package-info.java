/** What Onward's own tests stand on, for whoever tests with Onward: real databases and a clock that can be set. */
@NullMarked
package dev.onward.testing;

import org.jspecify.annotations.NullMarked;
