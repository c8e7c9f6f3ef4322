package dev.onward.web.route;

import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The path of a request as its decoded segments. An encoded slash is part of its segment. Dots, double slashes and
 * matrix parameters are removed first, unless they are encoded.
 */
record RoutePath(List<String> segments) {

    /** @throws ApiException if it cannot be decoded */
    static RoutePath of(String rawPath) {
        try {
            return new RoutePath(Arrays.stream(normalized(rawPath).split("/", -1))
                    .map(RoutePath::decoded)
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new ApiException(
                    ProblemCode.BAD_REQUEST, "The path contains an invalid percent-encoding. Correct it.");
        }
    }

    private static String normalized(String rawPath) {
        String path = rawPath.contains(";") ? rawPath.replaceAll(";[^/]*", "") : rawPath;
        return path.contains("//") || path.contains("/.")
                ? URI.create(path.startsWith("//") ? path.substring(1) : path)
                        .normalize()
                        .getRawPath()
                : path;
    }

    private static String decoded(String segment) {
        return segment.contains("%") ? URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8) : segment;
    }
}
