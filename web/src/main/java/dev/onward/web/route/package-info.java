/** Routes, and how a request finds its handler. */
@NullMarked
package dev.onward.web.route;

import org.jspecify.annotations.NullMarked;
