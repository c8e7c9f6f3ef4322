/** HTTP without a library: an adapter passes in a {@link Request} and sends the {@link Response}. */
@NullMarked
package dev.onward.web.http;

import org.jspecify.annotations.NullMarked;
