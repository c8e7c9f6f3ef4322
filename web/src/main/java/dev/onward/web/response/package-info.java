/** The JSON of successful responses: a record for each that differs from its value of the Java API. */
@NullMarked
package dev.onward.web.response;

import org.jspecify.annotations.NullMarked;
