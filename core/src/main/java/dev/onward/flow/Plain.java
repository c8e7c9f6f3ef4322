package dev.onward.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns YAML into maps, lists, text, numbers and truth values, in the order of the file. */
final class Plain {
    private Plain() {}

    static Map<String, Object> map(Map<String, Node> values) {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((key, value) -> plain.put(key, of(value)));
        return Collections.unmodifiableMap(plain);
    }

    private static Object of(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                Map<String, Node> values = new LinkedHashMap<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    values.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple.getValueNode());
                }
                yield map(values);
            }
            case SequenceNode sequence -> {
                List<Object> items = new ArrayList<>();
                sequence.getValue().forEach(item -> items.add(of(item)));
                yield List.copyOf(items);
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new IllegalArgumentException("unknown kind of YAML node: " + node.getNodeType());
        };
    }

    private static Object scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.INT)) {
            return Long.valueOf(text);
        }
        if (scalar.getTag().equals(Tag.FLOAT)) {
            return Double.valueOf(text);
        }
        return scalar.getTag().equals(Tag.BOOL) ? Boolean.valueOf(text) : text;
    }
}
