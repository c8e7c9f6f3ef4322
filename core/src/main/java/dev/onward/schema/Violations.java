package dev.onward.schema;

import com.networknt.schema.Error;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the validator found, as people read it: one entry for each problem of a place, and each problem once. */
final class Violations {
    private static final int MOST = 100;

    private final Map<String, FieldProblems> fields = new LinkedHashMap<>();

    private Violations() {}

    static List<Violation> of(List<Error> errors) {
        Violations violations = new Violations();
        violations.add(told(errors), 0);
        return violations.fields.entrySet().stream()
                .flatMap(field -> field.getValue().words().stream().map(words -> new Violation(field.getKey(), words)))
                .limit(MOST)
                .toList();
    }

    /** What a choice says about itself is dropped where its options say it, and its options where too many are met. */
    private static List<Error> told(List<Error> errors) {
        Set<Choice.Place> exceeded =
                errors.stream().filter(Choice::isExceeded).map(Choice::placeOf).collect(Collectors.toSet());
        Set<Choice.Place> missed = errors.stream()
                .flatMap(error -> Choice.allOf(error).stream())
                .map(Choice::place)
                .collect(Collectors.toSet());
        return errors.stream()
                .filter(error -> !Choice.isMissed(error) || !missed.contains(Choice.placeOf(error)))
                .filter(error -> Choice.allOf(error).stream().map(Choice::place).noneMatch(exceeded::contains))
                .toList();
    }

    /** @param from how much of the path of each error is done with: it leads to a schema that has to be met */
    private void add(List<Error> errors, int from) {
        Map<Choice.Place, MissedChoice> choices = new LinkedHashMap<>();
        Map<Choice.Place, Integer> ends = new LinkedHashMap<>();
        for (Error error : errors) {
            Optional<Choice> choice = Choice.of(error, from);
            choice.ifPresentOrElse(
                    missed -> {
                        choices.computeIfAbsent(missed.place(), MissedChoice::new)
                                .add(missed.option(), error);
                        ends.put(missed.place(), missed.end());
                    },
                    () -> BrokenRule.of(error).forEach(broken -> field(broken).ifPresent(field -> field.add(broken))));
        }
        choices.forEach((place, choice) -> add(place, choice.meant(), ends.getOrDefault(place, 0)));
    }

    private void add(Choice.Place place, SortedMap<Integer, List<Error>> options, int end) {
        if (options.size() == 1) {
            options.values().forEach(errors -> add(errors, end));
            return;
        }
        SortedMap<Integer, List<BrokenRule>> broken = new TreeMap<>();
        options.forEach((option, errors) -> broken.put(
                option,
                errors.stream().flatMap(error -> BrokenRule.of(error).stream()).toList()));
        Set<Violation> ofAll = ofAll(broken);
        broken.forEach((option, rules) -> rules.forEach(rule -> field(rule).ifPresent(field -> {
            if (ofAll.contains(rule.violation())) {
                field.add(rule);
            } else {
                field.add(rule, place, option, options.size());
            }
        })));
    }

    /** What every option asks for. */
    private static Set<Violation> ofAll(SortedMap<Integer, List<BrokenRule>> options) {
        Set<Violation> ofAll = new HashSet<>();
        options.values().forEach(rules -> rules.forEach(rule -> ofAll.add(rule.violation())));
        options.values()
                .forEach(rules -> ofAll.retainAll(
                        rules.stream().map(BrokenRule::violation).collect(Collectors.toSet())));
        return ofAll;
    }

    /** Empty for a place beyond those that are told. */
    private Optional<FieldProblems> field(BrokenRule broken) {
        return fields.size() < MOST
                ? Optional.of(fields.computeIfAbsent(broken.pointer(), _ -> new FieldProblems()))
                : Optional.ofNullable(fields.get(broken.pointer()));
    }
}
