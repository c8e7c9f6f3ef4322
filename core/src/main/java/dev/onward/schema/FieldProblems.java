package dev.onward.schema;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is wrong with one place of an answer. Of a choice any option will do, of other rules all have to be kept. */
final class FieldProblems {
    private final Set<String> plain = new LinkedHashSet<>();
    private final Map<String, SortedMap<Integer, List<Error>>> missed = new LinkedHashMap<>();

    /** The choices of which an option asks for something of this place alone. */
    private final Set<String> ofParts = new LinkedHashSet<>();

    void add(Error error) {
        Optional<Choice> choice = Choice.of(error);
        if (choice.isEmpty()) {
            plain.add(ViolationWords.of(error));
            return;
        }
        String rule = choice.get().rule();
        missed.computeIfAbsent(rule, _ -> new TreeMap<>())
                .computeIfAbsent(choice.get().option(), _ -> new ArrayList<>())
                .add(error);
        if (!choice.get().whole()) {
            ofParts.add(rule);
        }
    }

    String words() {
        List<String> all = new ArrayList<>(plain);
        missed.forEach((rule, options) ->
                all.add(alternatives(options) + (ofParts.contains(rule) ? ", unless another choice is met" : "")));
        return String.join("; ", all);
    }

    private static String alternatives(SortedMap<Integer, List<Error>> options) {
        List<Error> constants = options.values().stream()
                .flatMap(List::stream)
                .filter(FieldProblems::isConstant)
                .toList();
        Set<String> alternatives = new LinkedHashSet<>();
        if (!constants.isEmpty()) {
            alternatives.add(ViolationWords.ofConstants(constants));
        }
        options.values().stream()
                .map(errors -> errors.stream()
                        .filter(error -> !isConstant(error))
                        .map(ViolationWords::of)
                        .distinct()
                        .collect(Collectors.joining(" and ")))
                .filter(words -> !words.isEmpty())
                .forEach(alternatives::add);
        return String.join(", or ", alternatives);
    }

    private static boolean isConstant(Error error) {
        return "const".equals(error.getKeyword());
    }
}
