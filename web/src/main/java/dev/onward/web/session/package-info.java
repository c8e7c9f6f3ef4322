/** The session of a request: how it is named and protected, idempotency keys, and cookies. */
@NullMarked
package dev.onward.web.session;

import org.jspecify.annotations.NullMarked;
