package dev.onward.web.access;

import java.util.Optional;

/** Who sends a request, as far as it is proven. */
public sealed interface Caller {

    /** Nobody in particular: the request may name a session. */
    record Anonymous() implements Caller {}

    /** A user whom an identity provider has signed in. */
    record SignedIn(String id) implements Caller {}

    /** Whoever has the operator key, or a token that makes its user an operator. */
    record OperatorRole() implements Caller {}

    /** The id of a signed-in user. */
    default Optional<String> userId() {
        return this instanceof SignedIn user ? Optional.of(user.id()) : Optional.empty();
    }
}
