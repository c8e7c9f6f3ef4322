/** The results: figures with their spread, targets, and the table in Markdown. */
@NullMarked
package dev.onward.bench.report;

import org.jspecify.annotations.NullMarked;
