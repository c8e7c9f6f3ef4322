package dev.onward.web.request;

import dev.onward.web.problem.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The query of a URL. An invalid parameter throws an {@link ApiException} that names it. */
public final class QueryParameters {
    private final Map<String, List<String>> values;

    private QueryParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** @param raw the query as sent, without the question mark */
    static QueryParameters parse(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String parameter : raw.split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            if (!pair[0].isEmpty()) {
                values.computeIfAbsent(decoded(pair[0]), name -> new ArrayList<>())
                        .add(pair.length == 1 ? "" : decoded(pair[1]));
            }
        }
        return new QueryParameters(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The names of all parameters. */
    public Set<String> names() {
        return values.keySet();
    }

    /** The value; a name without a value is empty, not absent. */
    public Optional<String> text(String name) {
        List<String> here = values.getOrDefault(name, List.of());
        if (here.size() > 1) {
            throw ApiException.invalidField(name, "appears more than once: send it once");
        }
        return here.stream().findFirst();
    }

    public Optional<Boolean> flag(String name) {
        return text(name).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiException.invalidField(name, "must be true or false");
        });
    }

    public int number(String name, int least, int max, int otherwise) {
        return text(name).map(value -> whole(name, value, least, max)).orElse(otherwise);
    }

    private static int whole(String name, String value, int least, int max) {
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= max) {
                return number;
            }
        }
        throw ApiException.invalidField(name, "must be a whole number from " + least + " to " + max);
    }

    public Optional<Instant> time(String name) {
        return text(name)
                .map(value -> WireTimes.parse(value)
                        .orElseThrow(() -> ApiException.invalidField(
                                name,
                                "must be a time in UTC such as 2026-01-31T12:00:00Z, with microseconds at most")));
    }
}
