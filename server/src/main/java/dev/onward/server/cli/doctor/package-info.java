/** {@code onward doctor}: checks everything that a server needs. */
@NullMarked
package dev.onward.server.cli.doctor;

import org.jspecify.annotations.NullMarked;
