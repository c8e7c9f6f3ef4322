/** Sessions: one person's progress through a flow. {@link dev.onward.session.SessionService} is their only writer. */
@NullMarked
package dev.onward.session;

import org.jspecify.annotations.NullMarked;
