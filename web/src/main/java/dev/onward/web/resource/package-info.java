/** One class for each resource of the API. {@link dev.onward.web.Routes} maps addresses to methods. */
@NullMarked
package dev.onward.web.resource;

import org.jspecify.annotations.NullMarked;
