/** K-Blocks: what is created from a declaration, its loss, and its celebration. Pure. */
@NullMarked
package dev.onward.kblock;

import org.jspecify.annotations.NullMarked;
