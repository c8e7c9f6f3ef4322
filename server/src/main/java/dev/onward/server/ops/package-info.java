/** For operators: readiness, metrics and logs. */
@NullMarked
package dev.onward.server.ops;

import org.jspecify.annotations.NullMarked;
