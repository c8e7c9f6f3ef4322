/** Where the data is: the connection to the database, the lock on its file, and the key that is kept beside it. */
@NullMarked
package dev.onward.server.storage;

import org.jspecify.annotations.NullMarked;
