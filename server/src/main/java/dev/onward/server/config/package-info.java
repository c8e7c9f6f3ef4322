/** Settings: read from options, environment and {@code onward.yaml}, validated once. */
@NullMarked
package dev.onward.server.config;

import org.jspecify.annotations.NullMarked;
