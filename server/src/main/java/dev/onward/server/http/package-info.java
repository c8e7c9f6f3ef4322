/** The HTTP server: adapts Netty to {@link dev.onward.web.OnwardWeb}, and logs requests. Only this package uses Netty. */
@NullMarked
package dev.onward.server.http;

import org.jspecify.annotations.NullMarked;
