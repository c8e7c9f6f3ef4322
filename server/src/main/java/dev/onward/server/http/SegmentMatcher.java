package dev.onward.server.http;

import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.http.RoutedPath;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Matches a path segment by segment, and decodes each segment after that: an encoded slash belongs to its parameter.
 *
 * @param segments literal text, or the name of a parameter in braces
 */
record SegmentMatcher(List<String> segments) implements PathMatcher {

    /** A matcher for a pattern of the route table; only whole segments are parameters. */
    static PathMatcher of(String pattern) {
        boolean hasParameters = pattern.contains("{") && !pattern.contains("{+");
        return hasParameters ? new SegmentMatcher(split(pattern)) : PathMatchers.create(pattern);
    }

    private record Matched(UriPath sent, Parameters pathParameters) implements RoutedPath {
        @Override
        public String rawPath() {
            return sent.rawPath();
        }

        @Override
        public String rawPathNoParams() {
            return sent.rawPathNoParams();
        }

        @Override
        public String path() {
            return sent.path();
        }

        @Override
        public Parameters matrixParameters() {
            return sent.matrixParameters();
        }

        @Override
        public RoutedPath absolute() {
            return this;
        }

        @Override
        public void validate() {
            sent.validate();
        }
    }

    @Override
    public PathMatchers.MatchResult match(UriPath path) {
        return parameters(split(normalized(path.rawPathNoParams())))
                .map(parameters -> new PathMatchers.MatchResult(
                        true, new Matched(path, Parameters.createSingleValueMap("path", parameters))))
                .orElseGet(PathMatchers.MatchResult::notAccepted);
    }

    @Override
    public PathMatchers.PrefixMatchResult prefixMatch(UriPath path) {
        return PathMatchers.PrefixMatchResult.notAccepted();
    }

    private Optional<Map<String, String>> parameters(List<String> sent) {
        if (sent.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            String segment = segments.get(i);
            String value = decoded(sent.get(i));
            if (segment.startsWith("{") && !value.isEmpty()) {
                parameters.put(segment.substring(1, segment.length() - 1), value);
            } else if (!segment.equals(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static List<String> split(String path) {
        return List.of(path.split("/", -1));
    }

    /** As other paths are: without dots and double slashes, unless they are encoded. */
    private static String normalized(String path) {
        return path.contains("//") || path.contains("/.")
                ? URI.create(path.startsWith("//") ? path.substring(1) : path)
                        .normalize()
                        .getRawPath()
                : path;
    }

    private static String decoded(String segment) {
        return segment.contains("%") ? URI.create("/" + segment).getPath().substring(1) : segment;
    }
}
