package dev.onward.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML mapping from a {@link YamlDocument}. A problem with a key is recorded with its position, and reading continues
 * with a harmless value, so that all errors are found at once.
 */
final class YamlMapping {
    private static final String TEXT = "must be text: quote it if it looks like another type";

    private final String path;
    private final Node node;
    private final Map<String, Node> keys = new HashMap<>();
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final FlowErrors errors;

    YamlMapping(String path, Node node, FlowErrors errors) {
        this.path = path;
        this.node = node;
        this.errors = errors;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = ((ScalarNode) tuple.getKeyNode()).getValue();
                keys.put(key, tuple.getKeyNode());
                values.put(key, tuple.getValueNode());
            }
        } else {
            errors.add(node, path, "must be a mapping of keys to values: write key: value");
        }
    }

    void allowOnly(String... keys) {
        List<String> known = List.of(keys);
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                error(key, "is unknown here; known keys: " + String.join(", ", known));
            }
        }
    }

    String id(String key, Pattern form) {
        String id = text(key);
        if (!id.isBlank() && !form.matcher(id).matches()) {
            error(key, "must match " + form.pattern() + ": choose another");
        }
        return id;
    }

    String text(String key) {
        if (!values.containsKey(key)) {
            missing(key);
            return "";
        }
        Optional<String> text = scalar(key, Tag.STR, TEXT);
        if (text.filter(String::isBlank).isPresent()) {
            error(key, "must not be blank");
        }
        return text.orElse("");
    }

    /** Adds no error if the mapping itself was reported already. */
    void missing(String key) {
        if (node instanceof MappingNode) {
            errors.add(node, pathOf(key), "is missing: add it");
        }
    }

    String text(String key, String otherwise) {
        return scalar(key, Tag.STR, TEXT).orElse(otherwise);
    }

    boolean yes(String key) {
        return scalar(key, Tag.BOOL, "must be true or false")
                .map(Boolean::valueOf)
                .orElse(false);
    }

    Optional<Integer> number(String key, int least, int max) {
        String rule = "must be a whole number from " + least + " to " + max;
        Optional<Integer> number = scalar(key, Tag.INT, rule).map(text -> {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                return least - 1;
            }
        });
        if (number.isPresent() && (number.get() < least || number.get() > max)) {
            error(key, rule);
        }
        return number;
    }

    <T> Optional<T> oneOf(String key, Map<String, T> choices) {
        Optional<String> name = scalar(key, Tag.STR, TEXT);
        if (name.isPresent() && !choices.containsKey(name.get())) {
            error(key, "must be one of " + String.join(", ", new TreeSet<>(choices.keySet())));
        }
        return name.flatMap(chosen -> Optional.ofNullable(choices.get(chosen)));
    }

    Optional<YamlMapping> mapping(String key) {
        return value(key).map(value -> new YamlMapping(pathOf(key), value, errors));
    }

    List<YamlMapping> mappings(String key) {
        Optional<Node> value = value(key);
        List<YamlMapping> found = new ArrayList<>();
        if (value.isPresent() && value.get() instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                found.add(new YamlMapping(pathOf(key) + "[" + found.size() + "]", item, errors));
            }
        }
        if (found.isEmpty() && node instanceof MappingNode) {
            error(key, "must be a list with at least one entry: start each with a dash");
        }
        return found;
    }

    /** The values unchanged, to be passed on; empty if the key is absent. */
    Map<String, @Nullable Object> free(String key) {
        return mapping(key).map(YamlMapping::plain).orElse(Map.of());
    }

    /** The whole mapping as plain maps, lists and values. */
    Map<String, @Nullable Object> plain() {
        return YamlValues.map(values);
    }

    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    boolean isNull(String key) {
        return values.get(key) instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    boolean isList(String key) {
        return values.get(key) instanceof SequenceNode;
    }

    /** Reports an error at the position of a JSON Pointer into this mapping, or at the closest parent. */
    void errorAt(String pointer, String problem) {
        errors.add(nodeAt(pointer), path + pointer.replace('/', '.'), problem);
    }

    /** Reports a warning at the position of a JSON Pointer. */
    void warningAt(String pointer, String problem) {
        errors.addWarning(nodeAt(pointer), path + pointer.replace('/', '.'), problem);
    }

    /** The key if there is one, because a long value begins further down. */
    private Node nodeAt(String pointer) {
        Node value = node;
        Node at = node;
        for (String part : pointer.split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            Optional<NodeTuple> tuple = tuple(value, name);
            Optional<Node> entry = entry(value, name);
            at = tuple.map(NodeTuple::getKeyNode).or(() -> entry).orElse(at);
            value = tuple.map(NodeTuple::getValueNode).or(() -> entry).orElse(value);
        }
        return at;
    }

    private static Optional<NodeTuple> tuple(Node node, String name) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                                && key.getValue().equals(name))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Node> entry(Node node, String name) {
        return node instanceof SequenceNode sequence && name.matches("\\d{1,6}")
                ? sequence.getValue().stream().skip(Integer.parseInt(name)).findFirst()
                : Optional.empty();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    void error(String key, String problem) {
        errors.add(keys.getOrDefault(key, node), pathOf(key), problem);
    }

    private Optional<Node> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private Optional<String> scalar(String key, Tag tag, String rule) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof ScalarNode scalar && scalar.getTag().equals(tag)) {
            return Optional.of(scalar.getValue());
        }
        error(key, rule);
        return Optional.empty();
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
