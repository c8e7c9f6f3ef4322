/** What is measured: PostgreSQL, its sessions, and Onward's server. */
@NullMarked
package dev.onward.bench.environment;

import org.jspecify.annotations.NullMarked;
