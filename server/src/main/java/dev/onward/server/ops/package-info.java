/** What an operator looks at: readiness, metrics, logs. */
@NullMarked
package dev.onward.server.ops;

import org.jspecify.annotations.NullMarked;
