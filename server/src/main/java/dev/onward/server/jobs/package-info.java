/** What the server does by itself: taking in what other software wrote, and cleanup. */
@NullMarked
package dev.onward.server.jobs;

import org.jspecify.annotations.NullMarked;
