package dev.onward.server.http;

import dev.onward.model.OnboardingException.InvalidField;
import dev.onward.web.request.WireTimes;
import io.helidon.common.uri.UriQuery;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The query of an address. What breaks its rule is an {@link InvalidField} that names it. */
record QueryParameters(UriQuery parameters) {
    /** The names of all parameters, decoded. */
    Set<String> names() {
        return Stream.of(parameters.rawValue().split("&", -1))
                .map(parameter -> parameter.split("=", 2)[0])
                .filter(name -> !name.isEmpty())
                .map(QueryParameters::decoded)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return name;
        }
    }

    Optional<String> text(String name) {
        if (parameters.isEmpty()) {
            return Optional.empty();
        }
        List<String> values = parameters.all(name, List::of);
        if (values.size() > 1) {
            throw new InvalidField(name, "appears more than once: send it once");
        }
        return values.stream().findFirst().or(() -> namedAlone(name) ? Optional.of("") : Optional.empty());
    }

    /** A name without a value, which is empty and not absent. */
    private boolean namedAlone(String name) {
        return List.of(parameters.rawValue().split("&", -1)).contains(name);
    }

    Optional<Boolean> flag(String name) {
        return text(name).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidField(name, "must be true or false");
        });
    }

    int number(String name, int least, int most, int otherwise) {
        return text(name).map(value -> whole(name, value, least, most)).orElse(otherwise);
    }

    private static int whole(String name, String value, int least, int most) {
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new InvalidField(name, "must be a whole number from " + least + " to " + most);
    }

    Optional<Instant> time(String name) {
        return text(name)
                .map(value -> WireTimes.parse(value)
                        .orElseThrow(() -> new InvalidField(
                                name,
                                "must be a time in UTC such as 2026-01-31T12:00:00Z, with microseconds at most")));
    }
}
