package dev.onward.schema;

import com.networknt.schema.Error;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the validator found. Of a choice that was missed it finds every option; people are told once. */
final class Violations {
    private static final Pattern OPTION = Pattern.compile("(.*/(?:oneOf|anyOf))/\\d+/const");

    private Violations() {}

    static List<Violation> of(List<Error> errors) {
        Map<String, List<Error>> choices = errors.stream()
                .filter(error -> choiceOf(error).isPresent())
                .collect(Collectors.groupingBy(
                        error -> choiceOf(error).orElseThrow(), LinkedHashMap::new, Collectors.toList()));
        Set<String> told = new HashSet<>();
        return errors.stream()
                .filter(error -> !choices.containsKey(
                        placeOf(error, error.getEvaluationPath().toString())))
                .filter(error -> choiceOf(error).map(told::add).orElse(true))
                .map(error -> choiceOf(error)
                        .map(choices::get)
                        .map(options -> new Violation(pointer(error), "must be one of " + values(options)))
                        .orElseGet(() -> new Violation(pointer(error), ViolationWords.of(error))))
                .toList();
    }

    /** The choice to which an option belongs that an answer is not. */
    private static Optional<String> choiceOf(Error error) {
        Matcher option = OPTION.matcher(error.getEvaluationPath().toString());
        return option.matches() ? Optional.of(placeOf(error, option.group(1))) : Optional.empty();
    }

    private static String placeOf(Error error, String rule) {
        return error.getInstanceLocation() + " " + rule;
    }

    private static String values(List<Error> options) {
        return ViolationWords.list(options.stream().map(Error::getSchemaNode).toList());
    }

    /** What a missing property is about is the property, not the object around it. */
    private static String pointer(Error error) {
        String pointer = error.getInstanceLocation().toString();
        String property = error.getProperty();
        boolean ofProperty = List.of("required", "additionalProperties").contains(String.valueOf(error.getKeyword()));
        return property != null && ofProperty
                ? pointer + "/" + property.replace("~", "~0").replace("/", "~1")
                : pointer;
    }
}
