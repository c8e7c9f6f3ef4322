/**
 * Random walks through random flows, beside a small model of the rules. The model is written from the documentation and
 * knows nothing of the code that it is compared with.
 */
@NullMarked
package dev.onward.walks;

import org.jspecify.annotations.NullMarked;
