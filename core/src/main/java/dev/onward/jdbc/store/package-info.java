/** The stores: the SQL that both databases share. */
@NullMarked
package dev.onward.jdbc.store;

import org.jspecify.annotations.NullMarked;
