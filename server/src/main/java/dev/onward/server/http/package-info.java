/**
 * The HTTP server: an adapter from Helidon to {@link dev.onward.web.OnwardWeb}, the access log, and a watch over the
 * listener. Nothing outside knows Helidon.
 */
@NullMarked
package dev.onward.server.http;

import org.jspecify.annotations.NullMarked;
