/** Which session a request names, by whose proof, and its idempotency key and cookies. */
@NullMarked
package dev.onward.web.session;

import org.jspecify.annotations.NullMarked;
