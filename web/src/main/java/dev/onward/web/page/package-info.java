/** The pages and the files that they load. */
@NullMarked
package dev.onward.web.page;

import org.jspecify.annotations.NullMarked;
