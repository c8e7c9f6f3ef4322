package dev.onward.web.route;

import dev.onward.transition.TextRules;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.RoutedRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The query parameters and body fields of a route.
 *
 * @param fields empty if the route reads no fields: the body is missing, an answer or a flow definition
 * @param unknown what happens to all other parameters and fields
 */
public record AllowedInputs(List<String> parameters, Optional<List<String>> fields, UnknownInput unknown) {
    private static final int MAX_NEAR_MISSES = 5;
    private static final int MAX_SHOWN = 64;

    /** What happens to an unknown parameter or field. */
    public enum UnknownInput {
        /** 422. */
        REJECTED,
        /** Ignored; a misspelled name causes a warning. */
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

    /** An ignored input and the known name that it resembles. Both are safe in logs and headers. */
    public record NearMiss(String sent, String suggestion) {
        String warning() {
            return "Ignored: " + sent + ". Did you mean " + suggestion + "?";
        }
    }

    /** Rejects unknown inputs. */
    public static AllowedInputs strict() {
        return new AllowedInputs(List.of(), Optional.empty(), UnknownInput.REJECTED);
    }

    /** Ignores unknown inputs, as the original software does, and warns about misspelled names. */
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
     * Checks the inputs of a request.
     *
     * @return the misspelled names among the ignored inputs
     * @throws ApiException for an input that is rejected
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
                        .limit(MAX_NEAR_MISSES)
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
        boolean shown = TextRules.wellFormed(name) && !name.isBlank() && TextRules.length(name) <= MAX_SHOWN;
        List<String> known = known(place);
        String hint = SimilarNames.nearest(name, known)
                .map(suggestion -> ": did you mean " + suggestion + "?")
                .orElse(".");
        throw ApiException.invalidField(
                shown ? name : "(unknown)",
                "is not a " + place.noun + " of this call" + hint + " "
                        + (known.isEmpty() ? "It has none" : "It has " + String.join(", ", known)));
    }

    /** Also finds a name that belongs in the query instead of the body, or the other way round. */
    private Optional<NearMiss> nearMiss(String name, InputLocation place) {
        return Stream.of(place, place.other())
                .flatMap(where -> SimilarNames.nearest(name, known(where)).stream()
                        .map(suggestion -> new NearMiss(place.noun + " " + name, where.noun + " " + suggestion)))
                .findFirst();
    }
}
