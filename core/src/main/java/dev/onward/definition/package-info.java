/** Flow definitions: reads YAML and JSON files into flows and reports every error with its line. */
@NullMarked
package dev.onward.definition;

import org.jspecify.annotations.NullMarked;
