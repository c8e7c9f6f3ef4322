/** The entry to the HTTP API and the pages: {@link OnwardWeb}. {@link Routes} lists every address. */
@NullMarked
package dev.onward.web;

import org.jspecify.annotations.NullMarked;
