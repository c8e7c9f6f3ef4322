package dev.onward.definition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Finds features of YAML that JSON lacks, and values that are easily mistaken for another type. */
final class YamlNodes {
    private static final int MAX_KEY_LENGTH = 128;

    /** The maximum number of characters in a number. */
    private static final int MAX_NUMBER_LENGTH = 40;

    /** The maximum power of ten, because arithmetic with larger ones takes very long. */
    private static final int MAX_EXPONENT = 400;

    /** Words that are text in JSON, but booleans or null for some YAML readers. */
    private static final Set<String> MISTAKEN = Set.of("True", "TRUE", "False", "FALSE", "Null", "NULL", "~");

    private final FlowErrors errors;

    YamlNodes(FlowErrors errors) {
        this.errors = errors;
    }

    void check(Node node) {
        check("", node);
    }

    private void check(String path, Node node) {
        switch (node) {
            case MappingNode mapping -> checkMapping(path, mapping);
            case SequenceNode sequence -> {
                List<Node> items = sequence.getValue();
                for (int i = 0; i < items.size(); i++) {
                    check(path + "[" + i + "]", items.get(i));
                }
            }
            case ScalarNode scalar -> checkScalar(path, scalar);
            default -> errors.add(node, path, "uses an unsupported YAML feature: write it differently");
        }
    }

    private void checkMapping(String path, MappingNode mapping) {
        Set<String> keys = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                errors.add(tuple.getKeyNode(), path, "has a key that is not text");
                continue;
            }
            String location = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
            if (!isText(key.getValue())) {
                errors.add(key, path, "has a key with control characters: use plain text");
            } else if (key.getValue().length() > MAX_KEY_LENGTH) {
                errors.add(key, location, "is a key with more than " + MAX_KEY_LENGTH + " characters: shorten it");
            } else if (!keys.add(key.getValue())) {
                errors.add(key, location, "appears twice: keep one");
            }
            check(location, tuple.getValueNode());
        }
    }

    private void checkScalar(String path, ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
            if (!isNumber(scalar)) {
                errors.add(scalar, path, "is a number that cannot be stored exactly: use a simpler one, or quote it");
            }
        } else if (scalar.getScalarStyle() == ScalarStyle.PLAIN && MISTAKEN.contains(text)) {
            errors.add(scalar, path, "is text: write true, false or null, or quote it");
        } else if (!isText(text)) {
            errors.add(scalar, path, "contains control characters: use plain text");
        }
    }

    private static boolean isNumber(ScalarNode scalar) {
        String text = scalar.getValue();
        try {
            if (text.length() > MAX_NUMBER_LENGTH) {
                return false;
            }
            if (scalar.getTag().equals(Tag.INT)) {
                BigInteger number = new BigInteger(text);
                return number.equals(BigInteger.valueOf(number.longValue()));
            }
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale() - number.precision()) <= MAX_EXPONENT
                    && Double.isFinite(number.doubleValue());
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether it can be written as JSON and read again. */
    private static boolean isText(String text) {
        return StreamReader.isPrintable(text);
    }
}
