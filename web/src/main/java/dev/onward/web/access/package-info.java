/** Callers and what they may do: modes, the operator key, permissions, proxies, origins. */
@NullMarked
package dev.onward.web.access;

import org.jspecify.annotations.NullMarked;
