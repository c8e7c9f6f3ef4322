/** The HTTP API and the pages, as {@code openapi.yaml} describes them. {@link Routes} is the table of contents. */
@NullMarked
package dev.onward.server.http;

import org.jspecify.annotations.NullMarked;
