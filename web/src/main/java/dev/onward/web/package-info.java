/** The entry to the HTTP API and the pages: {@link OnwardWeb}. {@link Routes} lists everything that it answers. */
@NullMarked
package dev.onward.web;

import org.jspecify.annotations.NullMarked;
