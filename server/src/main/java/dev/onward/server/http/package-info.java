/**
 * The HTTP server: adapts Helidon to {@link dev.onward.web.OnwardWeb}, logs requests, and watches the listener. Only
 * this package uses Helidon.
 */
@NullMarked
package dev.onward.server.http;

import org.jspecify.annotations.NullMarked;
