/** Requests as handlers read them: path, query, body, headers, cookies. */
@NullMarked
package dev.onward.web.request;

import org.jspecify.annotations.NullMarked;
