/** One class for each resource of the API; {@link dev.onward.web.Routes} says which address leads to which method. */
@NullMarked
package dev.onward.web.resource;

import org.jspecify.annotations.NullMarked;
