package dev.onward.walks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A step as the model sees it: answers are words.
 *
 * @param when alternatives, one of which must hold: each of its steps must have one of these words; empty if the step
 *     is always visible
 */
record ModelStep(String id, Kind kind, boolean optional, boolean revisable, List<Map<String, Set<String>>> when) {
    static final String BROKEN = "broken";

    enum Kind {
        CHOICE,
        NOTHING,
        KBLOCK;

        /** The valid words. */
        List<String> words() {
            return switch (this) {
                case CHOICE -> List.of("a", "b", "c");
                case NOTHING -> List.of("done");
                case KBLOCK -> List.of("This.", "That matters.");
            };
        }
    }

    static ModelStep random(Random random, int number, List<ModelStep> earlier) {
        Kind kind = random.nextInt(5) < 3 ? Kind.CHOICE : random.nextBoolean() ? Kind.NOTHING : Kind.KBLOCK;
        List<Map<String, Set<String>>> when = new ArrayList<>();
        for (int i = earlier.isEmpty() ? 3 : random.nextInt(4); i < 2; i++) {
            when.add(condition(random, earlier));
        }
        return new ModelStep(
                "s" + number,
                kind,
                random.nextInt(5) < 2,
                kind != Kind.KBLOCK && random.nextInt(4) > 0,
                List.copyOf(when));
    }

    private static Map<String, Set<String>> condition(Random random, List<ModelStep> earlier) {
        Map<String, Set<String>> condition = new HashMap<>();
        for (int i = random.nextInt(2); i < 2; i++) {
            ModelStep on = earlier.get(random.nextInt(earlier.size()));
            List<String> words = on.kind.words();
            condition.put(
                    on.id,
                    on.kind == Kind.CHOICE
                            ? Set.copyOf(words.subList(random.nextInt(2), 2 + random.nextInt(2)))
                            : Set.copyOf(words));
        }
        return condition;
    }

    /** The answer that corresponds to a word. */
    Object answer(String word) {
        boolean broken = word.equals(BROKEN);
        return switch (kind) {
            case CHOICE -> word;
            case NOTHING -> broken ? Map.of("unasked", true) : Map.of();
            case KBLOCK -> Map.of("declaration", broken ? " " : word);
        };
    }

    /** Its text in a flow file. */
    String yaml(Map<String, ModelStep> flow) {
        Stream<String> conditions = when.stream()
                .map(all -> all.entrySet().stream()
                        .map(on -> on.getKey() + ": "
                                + flow.getOrDefault(on.getKey(), this).schema(on.getValue()))
                        .collect(Collectors.joining(", ", "{", "}")));
        return "{id: " + id + ", title: Step, optional: " + optional + ", revisable: " + revisable
                + (kind == Kind.CHOICE ? ", input: " + schema(Set.copyOf(kind.words())) : "")
                + (kind == Kind.KBLOCK ? ", creates: kblock" : "")
                + (when.isEmpty() ? "" : conditions.collect(Collectors.joining(", ", ", when: [", "]"))) + "}";
    }

    private String schema(Set<String> words) {
        return kind == Kind.CHOICE
                ? words.stream().sorted().collect(Collectors.joining(", ", "{enum: [", "]}"))
                : "{type: object}";
    }
}
