/** The real process, from outside: started, loaded, killed, stopped. */
@NullMarked
package dev.onward.server.process;

import org.jspecify.annotations.NullMarked;
