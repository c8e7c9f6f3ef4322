package dev.onward.web.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path of a route. A segment is literal text, or a parameter in braces, which is never empty; a last segment such as
 * <code>{+file}</code> takes all remaining segments.
 */
record RoutePattern(List<String> segments) {
    static RoutePattern of(String pattern) {
        return new RoutePattern(List.of(pattern.split("/", -1)));
    }

    /** The values of the parameters, if the path matches. */
    Optional<Map<String, String>> match(RoutePath path) {
        List<String> sent = matchesRest() ? joined(path.segments()) : path.segments();
        if (sent.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            String segment = segments.get(i);
            String value = sent.get(i);
            if (segment.startsWith("{") && !value.isEmpty()) {
                parameters.put(name(segment), value);
            } else if (!segment.equals(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private boolean matchesRest() {
        return last().startsWith("{+");
    }

    private String last() {
        return segments.get(segments.size() - 1);
    }

    private List<String> joined(List<String> sent) {
        int rest = segments.size() - 1;
        if (sent.size() <= rest) {
            return sent;
        }
        List<String> joined = new ArrayList<>(sent.subList(0, rest));
        joined.add(String.join("/", sent.subList(rest, sent.size())));
        return joined;
    }

    private static String name(String segment) {
        return segment.substring(segment.startsWith("{+") ? 2 : 1, segment.length() - 1);
    }
}
