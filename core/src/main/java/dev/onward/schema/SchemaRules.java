package dev.onward.schema;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a schema has to keep before it may be published, beyond being one. */
final class SchemaRules {
    private static final Set<String> NAMING = Set.of("$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary");
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    /** Keywords whose value is a mapping from names of people's choice to schemas. */
    private static final Set<String> NAMED_SCHEMAS =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

    private static final long LARGEST = 10_000;

    private final Map<String, Object> root;
    private final List<SchemaProblem> problems = new ArrayList<>();
    private final Map<String, Long> sizes = new HashMap<>();

    private SchemaRules(Map<String, Object> root) {
        this.root = root;
    }

    static List<SchemaProblem> problems(Map<String, Object> schema) {
        SchemaRules rules = new SchemaRules(schema);
        rules.walk("", schema);
        if (rules.problems.isEmpty()) {
            Validators.againstMetaSchema(schema).forEach(rules::add);
        }
        if (rules.problems.isEmpty() && rules.size("", schema, new HashSet<>()) > LARGEST) {
            rules.problems.add(new SchemaProblem(
                    "", "has more than " + LARGEST + " parts once its references are followed: make it smaller"));
        }
        return rules.problems;
    }

    private void add(Error error) {
        problems.add(new SchemaProblem(
                error.getInstanceLocation().toString(), "is no JSON Schema 2020-12: " + error.getMessage()));
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

    private void walkInto(String here, String keyword, Object value) {
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

    private void checkDialect(String here, Object value) {
        if (!"https://json-schema.org/draft/2020-12/schema".equals(value)) {
            problems.add(new SchemaProblem(here, "must be https://json-schema.org/draft/2020-12/schema, or left out"));
        }
    }

    private void checkPattern(String here, Object pattern) {
        if (pattern instanceof String text) {
            Validators.problemOf(text)
                    .ifPresent(problem -> problems.add(new SchemaProblem(
                            here, "is an expression that RE2 cannot run (" + problem + "): write it otherwise")));
        }
    }

    private void checkReference(String here, Object value) {
        if (!(value instanceof String reference) || !(reference.equals("#") || reference.startsWith("#/"))) {
            problems.add(new SchemaProblem(here, "leaves the document: refer to its own parts, as #/$defs/name"));
        } else if (resolve(reference).isEmpty()) {
            problems.add(new SchemaProblem(here, "leads to nothing in this document"));
        }
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
     * The number of parts of a schema once its references are followed. A reference that leads back to itself would be
     * followed for ever, and one that is followed too often takes as long.
     */
    private long size(String at, Object value, Set<String> following) {
        long size = 1;
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                size += size(at + "/" + i, list.get(i), following);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String keyword = String.valueOf(entry.getKey());
                String here = at + "/" + escaped(keyword);
                if (keyword.equals("$ref") && entry.getValue() instanceof String reference) {
                    size += follow(here, reference, following);
                } else if (!DATA.contains(keyword)) {
                    size += size(here, entry.getValue(), following);
                }
            }
        }
        return size;
    }

    private long follow(String here, String reference, Set<String> following) {
        Long known = sizes.get(reference);
        if (known != null) {
            return known;
        }
        if (following.contains(reference) || reference.equals("#")) {
            problems.add(new SchemaProblem(here, "leads round in a circle: " + reference));
            return 0;
        }
        Set<String> further = new HashSet<>(following);
        further.add(reference);
        long size =
                resolve(reference).map(target -> size(here, target, further)).orElse(0L);
        sizes.put(reference, Math.min(size, LARGEST + 1));
        return Math.min(size, LARGEST + 1);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
