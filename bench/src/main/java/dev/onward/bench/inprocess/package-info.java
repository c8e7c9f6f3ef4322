/** Benchmarks of hot code in one process, with JMH. */
@NullMarked
package dev.onward.bench.inprocess;

import org.jspecify.annotations.NullMarked;
