package dev.onward.flow;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One YAML document, which JSON is too, without what nobody needs for a flow: repeated keys and aliases. */
final class YamlDocument {
    private static final int LONGEST = 262_144;

    private YamlDocument() {}

    /** @throws FlowFormatException where the text is no such document */
    static Node parse(String file, String text) {
        FlowErrors errors = new FlowErrors(file);
        Node node = compose(file, text);
        refuseWhatYamlAllows(node, Collections.newSetFromMap(new IdentityHashMap<>()), errors);
        errors.throwIfAny();
        return node;
    }

    private static Node compose(String file, String text) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(LONGEST).build();
        try {
            return new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new FlowFormatException(List.of(file + ": is empty.")));
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new FlowFormatException(List.of(file + line + ": is not YAML: " + e.getProblem() + "."));
        } catch (YamlEngineException e) {
            throw new FlowFormatException(List.of(file + ": is not YAML: " + e.getMessage()));
        }
    }

    /** Keys that stand twice or are not text, and aliases, which may lead round in a circle. */
    private static void refuseWhatYamlAllows(Node node, Set<Node> seen, FlowErrors errors) {
        if (!(node instanceof ScalarNode) && !seen.add(node)) {
            errors.add(node, "", "uses an alias for a list or a mapping: write it out");
            return;
        }
        switch (node) {
            case MappingNode mapping -> {
                Set<String> keys = new HashSet<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                        errors.add(tuple.getKeyNode(), "", "has a key that is not text");
                    } else if (!keys.add(key.getValue())) {
                        errors.add(key, key.getValue(), "stands twice: keep one");
                    }
                    refuseWhatYamlAllows(tuple.getValueNode(), seen, errors);
                }
            }
            case SequenceNode sequence -> sequence.getValue().forEach(item -> refuseWhatYamlAllows(item, seen, errors));
            default -> {}
        }
    }
}
