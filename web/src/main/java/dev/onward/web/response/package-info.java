/** The JSON of successful responses, one record for each. */
@NullMarked
package dev.onward.web.response;

import org.jspecify.annotations.NullMarked;
