/** K-Blocks: what a declaration becomes, how vague it is, and how it is celebrated. Pure. */
@NullMarked
package dev.onward.kblock;

import org.jspecify.annotations.NullMarked;
