package dev.onward.schema.violation;

import com.networknt.schema.Error;
import dev.onward.model.OnboardingException.Violation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Converts the validator's errors to violations: one entry for each problem of a place, without duplicates. */
public final class Violations {
    private static final int MAX_VIOLATIONS = 100;

    private final Map<String, FieldViolations> fields = new LinkedHashMap<>();

    private Violations() {}

    public static List<Violation> of(List<Error> errors) {
        Violations violations = new Violations();
        violations.add(explained(errors), 0);
        return violations.fields.entrySet().stream()
                .flatMap(field -> field.getValue().words().stream().map(words -> new Violation(field.getKey(), words)))
                .limit(MAX_VIOLATIONS)
                .toList();
    }

    /** Drops the error of a choice itself if its options explain it, and the options if too many matched. */
    private static List<Error> explained(List<Error> errors) {
        Set<ChoiceOption.ChoicePlace> exceeded = errors.stream()
                .filter(ChoiceOption::isExceeded)
                .map(ChoiceOption::placeOf)
                .collect(Collectors.toSet());
        Set<ChoiceOption.ChoicePlace> missed = errors.stream()
                .flatMap(error -> ChoiceOption.allOf(error).stream())
                .map(ChoiceOption::place)
                .collect(Collectors.toSet());
        return errors.stream()
                .filter(error -> !ChoiceOption.isMissed(error) || !missed.contains(ChoiceOption.placeOf(error)))
                .filter(error -> ChoiceOption.allOf(error).stream()
                        .map(ChoiceOption::place)
                        .noneMatch(exceeded::contains))
                .toList();
    }

    /** @param from the length of the path prefix that leads to a schema that must match */
    private void add(List<Error> errors, int from) {
        Map<ChoiceOption.ChoicePlace, UnmatchedChoice> choices = new LinkedHashMap<>();
        Map<ChoiceOption.ChoicePlace, Integer> ends = new LinkedHashMap<>();
        for (Error error : errors) {
            Optional<ChoiceOption> choice = ChoiceOption.of(error, from);
            choice.ifPresentOrElse(
                    missed -> {
                        choices.computeIfAbsent(missed.place(), UnmatchedChoice::new)
                                .add(missed.option(), error);
                        ends.put(missed.place(), missed.end());
                    },
                    () -> RuleViolation.of(error)
                            .forEach(broken -> field(broken).ifPresent(field -> field.add(broken))));
        }
        choices.forEach((place, choice) -> add(place, choice.intendedOptions(), ends.getOrDefault(place, 0)));
    }

    private void add(ChoiceOption.ChoicePlace place, SortedMap<Integer, List<Error>> options, int end) {
        if (options.size() == 1) {
            options.values().forEach(errors -> add(errors, end));
            return;
        }
        SortedMap<Integer, List<RuleViolation>> broken = new TreeMap<>();
        options.forEach((option, errors) -> broken.put(
                option,
                errors.stream()
                        .flatMap(error -> RuleViolation.of(error).stream())
                        .toList()));
        Set<Violation> ofAll = ofAll(broken);
        broken.forEach((option, rules) -> rules.forEach(rule -> field(rule).ifPresent(field -> {
            if (ofAll.contains(rule.violation())) {
                field.add(rule);
            } else {
                field.add(rule, place, option, options.size());
            }
        })));
    }

    /** The violations that all options have in common. */
    private static Set<Violation> ofAll(SortedMap<Integer, List<RuleViolation>> options) {
        Set<Violation> ofAll = new HashSet<>();
        options.values().forEach(rules -> rules.forEach(rule -> ofAll.add(rule.violation())));
        options.values()
                .forEach(rules -> ofAll.retainAll(
                        rules.stream().map(RuleViolation::violation).collect(Collectors.toSet())));
        return ofAll;
    }

    /** Empty if the maximum number of places is reached. */
    private Optional<FieldViolations> field(RuleViolation broken) {
        return fields.size() < MAX_VIOLATIONS
                ? Optional.of(fields.computeIfAbsent(broken.pointer(), missing -> new FieldViolations()))
                : Optional.ofNullable(fields.get(broken.pointer()));
    }
}
