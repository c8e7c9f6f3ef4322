package dev.onward.web.route;

import dev.onward.transition.TextRules;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.RoutedRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The query parameters and the fields of a JSON body that a route knows.
 *
 * @param fields empty where the route reads no fields: there is no body, or it is an answer or a flow definition
 * @param unknown what happens to every other parameter and field
 */
public record AllowedInputs(List<String> parameters, Optional<List<String>> fields, UnknownInput unknown) {
    private static final int MOST_NEAR_MISSES = 5;
    private static final int LONGEST_SHOWN = 64;

    /** What happens to a parameter or a field that the route does not know. */
    public enum UnknownInput {
        /** 422. */
        REJECTED,
        /** Ignored; a near miss is answered with a warning. */
        WARNED_ABOUT,
        /** Ignored. */
        IGNORED
    }

    private enum InputLocation {
        QUERY("query parameter"),
        BODY("field");

        private final String noun;

        InputLocation(String noun) {
            this.noun = noun;
        }

        InputLocation other() {
            return this == QUERY ? BODY : QUERY;
        }
    }

    /** An input that is ignored, and the known one that it nearly is. Both are safe in a log and in a header. */
    public record NearMiss(String sent, String meant) {
        String warning() {
            return "Ignored: " + sent + ". Did you mean " + meant + "?";
        }
    }

    /** Rejects unknown inputs. */
    public static AllowedInputs strict() {
        return new AllowedInputs(List.of(), Optional.empty(), UnknownInput.REJECTED);
    }

    /** Ignores unknown inputs as the original does, and warns about near misses. */
    public static AllowedInputs lenient() {
        return new AllowedInputs(List.of(), Optional.empty(), UnknownInput.WARNED_ABOUT);
    }

    /** Ignores unknown inputs. */
    public static AllowedInputs ignored() {
        return new AllowedInputs(List.of(), Optional.empty(), UnknownInput.IGNORED);
    }

    public AllowedInputs withParameters(String... names) {
        return new AllowedInputs(List.of(names), fields, unknown);
    }

    public AllowedInputs withFields(String... names) {
        return new AllowedInputs(parameters, Optional.of(List.of(names)), unknown);
    }

    /**
     * Checks the inputs of a call.
     *
     * @return the near misses among those that are ignored
     * @throws ApiException naming an input that is rejected
     */
    public List<NearMiss> check(RoutedRequest request) {
        return switch (unknown) {
            case IGNORED -> List.of();
            case REJECTED -> {
                unknown(request, InputLocation.QUERY).findFirst().ifPresent(name -> reject(name, InputLocation.QUERY));
                unknown(request, InputLocation.BODY).findFirst().ifPresent(name -> reject(name, InputLocation.BODY));
                yield List.of();
            }
            case WARNED_ABOUT ->
                Stream.of(InputLocation.values())
                        .flatMap(place -> unknown(request, place).flatMap(name -> nearMiss(name, place).stream()))
                        .limit(MOST_NEAR_MISSES)
                        .toList();
        };
    }

    private Stream<String> unknown(RoutedRequest request, InputLocation place) {
        Set<String> sent = switch (place) {
            case QUERY -> request.query().names();
            case BODY -> fields.isPresent() ? request.body().names() : Set.of();
        };
        return sent.stream().filter(name -> !known(place).contains(name));
    }

    private List<String> known(InputLocation place) {
        return switch (place) {
            case QUERY -> parameters;
            case BODY -> fields.orElse(List.of());
        };
    }

    private void reject(String name, InputLocation place) {
        boolean shown = TextRules.wellFormed(name) && !name.isBlank() && TextRules.length(name) <= LONGEST_SHOWN;
        List<String> known = known(place);
        String hint = SimilarNames.nearest(name, known)
                .map(meant -> ": did you mean " + meant + "?")
                .orElse(".");
        throw ApiException.invalidField(
                shown ? name : "(unknown)",
                "is not a " + place.noun + " of this call" + hint + " "
                        + (known.isEmpty() ? "It has none" : "It has " + String.join(", ", known)));
    }

    /** A name that belongs in the other place is a near miss too. */
    private Optional<NearMiss> nearMiss(String name, InputLocation place) {
        return Stream.of(place, place.other())
                .flatMap(where -> SimilarNames.nearest(name, known(where)).stream()
                        .map(meant -> new NearMiss(place.noun + " " + name, where.noun + " " + meant)))
                .findFirst();
    }
}
