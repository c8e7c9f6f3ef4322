/** Tokens (JWT) of the product's identity providers: settings, signing keys, and verification. */
@NullMarked
package dev.onward.web.jwt;

import org.jspecify.annotations.NullMarked;
