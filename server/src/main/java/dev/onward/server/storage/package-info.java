/** Storage: the connections to the database, the lock on its file, and the operator's key file. */
@NullMarked
package dev.onward.server.storage;

import org.jspecify.annotations.NullMarked;
