package dev.onward.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Converts YAML from a {@link YamlDocument} to plain values, in the order of the file. */
final class YamlValues {
    private YamlValues() {}

    static Map<String, @Nullable Object> map(Map<String, Node> values) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        values.forEach((key, value) -> plain.put(key, of(value)));
        return Collections.unmodifiableMap(plain);
    }

    private static @Nullable Object of(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                Map<String, Node> values = new LinkedHashMap<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    values.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple.getValueNode());
                }
                yield map(values);
            }
            case SequenceNode sequence -> {
                List<@Nullable Object> items = new ArrayList<>();
                sequence.getValue().forEach(item -> items.add(of(item)));
                yield Collections.unmodifiableList(items);
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new IllegalArgumentException("unknown kind of YAML node: " + node.getNodeType());
        };
    }

    private static @Nullable Object scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.INT)) {
            return Long.valueOf(text);
        }
        if (tag.equals(Tag.FLOAT)) {
            return new BigDecimal(text);
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        return tag.equals(Tag.NULL) ? null : text;
    }
}
