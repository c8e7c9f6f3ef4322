/** The pages in a real browser, against the real server process. */
@NullMarked
package dev.onward.browser;

import org.jspecify.annotations.NullMarked;
