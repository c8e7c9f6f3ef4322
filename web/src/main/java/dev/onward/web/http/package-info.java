/**
 * HTTP, without a library: {@link Request} is what an adapter passes in, {@link Response} what it gets back and sends.
 */
@NullMarked
package dev.onward.web.http;

import org.jspecify.annotations.NullMarked;
