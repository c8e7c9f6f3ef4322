/** Background jobs: housekeeping, and moving open sessions to a newly released flow version. */
@NullMarked
package dev.onward.job;

import org.jspecify.annotations.NullMarked;
