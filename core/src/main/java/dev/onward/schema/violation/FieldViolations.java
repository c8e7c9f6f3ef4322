package dev.onward.schema.violation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The violations at one place of an answer. One option of a choice is enough; all other rules must hold. */
final class FieldViolations {
    private static final Set<String> CONSTANTS = Set.of("const", "enum");

    private final Set<String> plain = new LinkedHashSet<>();
    private final Map<ChoiceOption.ChoicePlace, SortedMap<Integer, List<RuleViolation>>> missed = new LinkedHashMap<>();

    /** The number of options of each choice that the answer may have meant. */
    private final Map<ChoiceOption.ChoicePlace, Integer> options = new HashMap<>();

    /** Adds a rule that must hold. */
    void add(RuleViolation broken) {
        plain.add(broken.words());
    }

    /** Adds a rule of one option among several. */
    void add(RuleViolation broken, ChoiceOption.ChoicePlace choice, int option, int several) {
        missed.computeIfAbsent(choice, missing -> new TreeMap<>())
                .computeIfAbsent(option, missing -> new ArrayList<>())
                .add(broken);
        options.put(choice, several);
    }

    /** Each problem as the rest of a sentence. An option without rules for this place can match in spite of it. */
    List<String> words() {
        List<String> all = new ArrayList<>(plain);
        missed.forEach((choice, broken) -> all.add(alternatives(broken)
                + (broken.size() < options.getOrDefault(choice, 0) ? ", unless another choice matches" : "")));
        return all;
    }

    private static String alternatives(SortedMap<Integer, List<RuleViolation>> options) {
        List<RuleViolation> constants = options.values().stream()
                .flatMap(List::stream)
                .filter(FieldViolations::isConstant)
                .toList();
        Set<String> alternatives = new LinkedHashSet<>();
        if (!constants.isEmpty()) {
            alternatives.add(ViolationMessages.ofConstants(
                    constants.stream().map(RuleViolation::error).toList()));
        }
        options.values().stream()
                .map(rules -> rules.stream()
                        .filter(rule -> !isConstant(rule))
                        .map(RuleViolation::words)
                        .distinct()
                        .collect(Collectors.joining(" and ")))
                .filter(words -> !words.isEmpty())
                .forEach(alternatives::add);
        return String.join(", or ", alternatives);
    }

    private static boolean isConstant(RuleViolation rule) {
        return CONSTANTS.contains(String.valueOf(rule.error().getKeyword()));
    }
}
