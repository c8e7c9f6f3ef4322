/**
 * Problem documents (RFC 9457): {@link ProblemCode} has the statuses and titles, {@link OnboardingProblems} the details
 * for each exception of the core, {@link StatusProblems} those for requests that the HTTP library rejects.
 */
@NullMarked
package dev.onward.web.problem;

import org.jspecify.annotations.NullMarked;
