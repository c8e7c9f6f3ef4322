/** Tests of the real server process from outside: started, under load, killed, stopped. */
@NullMarked
package dev.onward.server.process;

import org.jspecify.annotations.NullMarked;
