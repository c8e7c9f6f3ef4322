/** Tests of the pages in a real browser, against a real server process. */
@NullMarked
package dev.onward.browser;

import org.jspecify.annotations.NullMarked;
