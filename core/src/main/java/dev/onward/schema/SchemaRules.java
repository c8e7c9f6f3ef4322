package dev.onward.schema;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a schema has to keep before it may be published, beyond being one. */
final class SchemaRules {
    private static final Set<String> NAMING = Set.of("$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary");
    static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    /** Keywords whose value is a mapping from names of people's choice to schemas. */
    static final Set<String> NAMED_SCHEMAS =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

    private static final long LARGEST = 10_000;
    private static final int MOST_REFERENCES = 32;

    private final Map<String, @Nullable Object> root;
    private final List<SchemaProblem> problems = new ArrayList<>();
    private final Map<String, Extent> extents = new HashMap<>();

    /**
     * What a schema comes to once its references are followed.
     *
     * @param parts how many keywords and values
     * @param references how many references lead from one to the next
     */
    private record Extent(long parts, int references) {
        private static final Extent ONE = new Extent(1, 0);

        Extent and(Extent other) {
            return new Extent(Math.min(parts + other.parts, LARGEST + 1), Math.max(references, other.references));
        }

        Extent referred() {
            return new Extent(parts, references + 1);
        }
    }

    private SchemaRules(Map<String, @Nullable Object> root) {
        this.root = root;
    }

    static List<SchemaProblem> problems(Map<String, @Nullable Object> schema) {
        SchemaRules rules = new SchemaRules(schema);
        rules.walk("", schema);
        if (rules.problems.isEmpty()) {
            Validators.againstMetaSchema(schema).forEach(rules::add);
        }
        if (rules.problems.isEmpty()) {
            rules.measure();
        }
        if (rules.problems.isEmpty()) {
            Validators.problemOf(schema).ifPresent(problem -> rules.problems.add(new SchemaProblem("", problem)));
        }
        return rules.problems;
    }

    /** One problem for each place: of several rules that a keyword could have kept, it breaks them all. */
    private void add(Error error) {
        String pointer = error.getInstanceLocation().toString();
        if (problems.stream().noneMatch(problem -> problem.pointer().equals(pointer))) {
            problems.add(new SchemaProblem(pointer, "is no JSON Schema 2020-12: " + error.getMessage()));
        }
    }

    private void measure() {
        Extent extent = extent("", root, new HashSet<>());
        if (extent.parts > LARGEST) {
            problems.add(new SchemaProblem(
                    "", "has more than " + LARGEST + " parts once its references are followed: make it smaller"));
        } else if (extent.references > MOST_REFERENCES) {
            problems.add(new SchemaProblem(
                    "", "has more than " + MOST_REFERENCES + " references one behind the other: make it flatter"));
        }
    }

    private void walk(String at, Map<?, ?> schema) {
        schema.forEach((key, value) -> {
            String keyword = String.valueOf(key);
            String here = at + "/" + escaped(keyword);
            if (NAMING.contains(keyword)) {
                problems.add(new SchemaProblem(here, "is not supported: refer to parts by \"$ref\": \"#/$defs/…\""));
            }
            switch (keyword) {
                case "$ref" -> checkReference(here, value);
                case "$schema" -> checkDialect(here, value);
                case "pattern" -> checkPattern(here, value);
                case "patternProperties" -> {
                    if (value instanceof Map<?, ?> patterns) {
                        patterns.keySet().forEach(pattern -> checkPattern(here, pattern));
                    }
                }
                default -> {}
            }
            if (!DATA.contains(keyword)) {
                walkInto(here, keyword, value);
            }
        });
    }

    private void walkInto(String here, String keyword, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && NAMED_SCHEMAS.contains(keyword)) {
            map.forEach((name, schema) -> walkInto(here + "/" + escaped(String.valueOf(name)), "", schema));
        } else if (value instanceof Map<?, ?> map) {
            walk(here, map);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walkInto(here + "/" + i, "", list.get(i));
            }
        }
    }

    private void checkDialect(String here, @Nullable Object value) {
        if (!"https://json-schema.org/draft/2020-12/schema".equals(value)) {
            problems.add(new SchemaProblem(here, "must be https://json-schema.org/draft/2020-12/schema, or left out"));
        }
    }

    private void checkPattern(String here, @Nullable Object pattern) {
        if (pattern instanceof String text) {
            Validators.problemOf(text)
                    .ifPresent(problem -> problems.add(new SchemaProblem(
                            here, "is an expression that RE2 cannot run (" + problem + "): write it otherwise")));
        }
    }

    private void checkReference(String here, @Nullable Object value) {
        if (!(value instanceof String reference) || !(reference.equals("#") || reference.startsWith("#/"))) {
            problems.add(new SchemaProblem(here, "leaves the document: refer to its own parts, as #/$defs/name"));
        } else if (leadsIntoData(reference)) {
            problems.add(new SchemaProblem(here, "leads to what is no schema: put that under $defs"));
        } else if (resolve(reference).isEmpty()) {
            problems.add(new SchemaProblem(here, "leads to nothing in this document: correct it"));
        }
    }

    /** What stands under these keywords is not looked at as a schema, so none may be taken from there. */
    private static boolean leadsIntoData(String reference) {
        String before = "";
        for (String part : reference.split("/", -1)) {
            if (DATA.contains(part) && !NAMED_SCHEMAS.contains(before)) {
                return true;
            }
            before = part;
        }
        return false;
    }

    private Optional<Object> resolve(String reference) {
        Object at = root;
        for (String part : reference.substring(1).split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            if (part.isEmpty()) {
                continue;
            }
            if (!(at instanceof Map<?, ?> map) || !map.containsKey(name)) {
                return Optional.empty();
            }
            at = map.get(name);
        }
        return Optional.ofNullable(at);
    }

    /**
     * Follows references. One that leads back to itself would be followed for ever, and one that is followed too often
     * takes as long.
     */
    private Extent extent(String at, @Nullable Object value, Set<String> following) {
        Extent extent = Extent.ONE;
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                extent = extent.and(extent(at + "/" + i, list.get(i), following));
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String keyword = String.valueOf(entry.getKey());
                String here = at + "/" + escaped(keyword);
                if (keyword.equals("$ref") && entry.getValue() instanceof String reference) {
                    extent = extent.and(follow(here, reference, following).referred());
                } else if (!DATA.contains(keyword)) {
                    extent = extent.and(extent(here, entry.getValue(), following));
                }
            }
        }
        return extent;
    }

    private Extent follow(String here, String reference, Set<String> following) {
        Extent known = extents.get(reference);
        if (known != null) {
            return known;
        }
        if (following.contains(reference) || reference.equals("#")) {
            problems.add(new SchemaProblem(here, "leads round in a circle: " + reference + ". Leave one of them out"));
            return Extent.ONE;
        }
        if (following.size() > MOST_REFERENCES) {
            return Extent.ONE;
        }
        Set<String> further = new HashSet<>(following);
        further.add(reference);
        Extent extent =
                resolve(reference).map(target -> extent(here, target, further)).orElse(Extent.ONE);
        extents.put(reference, extent);
        return extent;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
