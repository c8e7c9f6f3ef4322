package dev.onward.web.jwt;

import java.time.Instant;

/**
 * The user of a verified token.
 *
 * @param operator whether the token makes its user an operator
 * @param expiresAt when the token expires, without skew
 */
public record TokenUser(String userId, boolean operator, Instant expiresAt) {}
