package dev.onward.flow;

import dev.onward.kblock.CelebrationWords;
import dev.onward.kblock.Intensity;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a flow definition from YAML, the built-in ones and any team's alike. */
public final class FlowReader {
    private static final int LONGEST_FILE = 262_144;
    private static final Pattern FLOW_ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern STEP_ID = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Set<String> MILESTONES = Set.of("started", "completed");
    private static final Map<String, Completes> COMPLETES =
            Map.of("last_step", Completes.LAST_STEP, "call", Completes.CALL);
    private static final Map<String, Artefact> ARTEFACTS = Map.of(Artefact.KBLOCK.code(), Artefact.KBLOCK);

    private FlowReader() {}

    /**
     * @param file the name for error messages
     * @throws FlowFormatException listing all that is wrong
     */
    public static Flow read(String file, String yaml) {
        FlowErrors errors = new FlowErrors(file);
        Node node = parse(file, yaml);
        refuseWhatYamlAllows(node, Collections.newSetFromMap(new IdentityHashMap<>()), errors);
        errors.throwIfAny();
        Flow flow = flow(new Mapping("", node, errors));
        errors.throwIfAny();
        return flow;
    }

    private static Node parse(String file, String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(LONGEST_FILE)
                .build();
        try {
            return new Compose(settings)
                    .composeString(yaml)
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

    private static Flow flow(Mapping mapping) {
        mapping.allowOnly(
                "flow",
                "title",
                "onboarding",
                "completes",
                "completes_early",
                "completion_message",
                "retention_hours",
                "steps");
        List<Mapping> steps = mapping.mappings("steps");
        refuseRepeatedIds(steps);
        Optional<Integer> retention = mapping.number("retention_hours", 1, 87_600);
        return new Flow(
                mapping.id("flow", FLOW_ID),
                1,
                mapping.text("title"),
                mapping.yes("onboarding"),
                mapping.oneOf("completes", COMPLETES).orElse(Completes.LAST_STEP),
                mapping.yes("completes_early"),
                mapping.text("completion_message", ""),
                retention.map(OptionalInt::of).orElse(OptionalInt.empty()),
                steps.stream().map(FlowReader::step).toList());
    }

    private static void refuseRepeatedIds(List<Mapping> steps) {
        Set<String> seen = new HashSet<>();
        for (Mapping step : steps) {
            if (!seen.add(step.text("id", ""))) {
                step.error("id", "stands twice: give each step an id of its own");
            }
        }
    }

    private static Step step(Mapping mapping) {
        mapping.allowOnly("id", "title", "description", "optional", "input", "creates", "celebration", "ui");
        String id = mapping.id("id", STEP_ID);
        if (MILESTONES.contains(id)) {
            mapping.error("id", "must not be the name of a milestone: started, completed");
        }
        return new Step(
                id,
                mapping.text("title"),
                mapping.text("description", ""),
                mapping.yes("optional"),
                mapping.has("input") ? Optional.of(mapping.free("input")) : Optional.empty(),
                mapping.oneOf("creates", ARTEFACTS),
                celebration(mapping.mapping("celebration")),
                mapping.free("ui"));
    }

    private static Map<Intensity, CelebrationWords> celebration(Optional<Mapping> mapping) {
        Map<Intensity, CelebrationWords> words = new EnumMap<>(Intensity.class);
        mapping.ifPresent(found -> {
            found.allowOnly("high", "medium", "low");
            for (Intensity intensity : Intensity.values()) {
                found.mapping(intensity.code())
                        .ifPresentOrElse(
                                entry -> words.put(intensity, words(entry)),
                                () -> found.error(intensity.code(), "is missing: add it"));
            }
        });
        return words;
    }

    private static CelebrationWords words(Mapping mapping) {
        mapping.allowOnly("emoji", "message", "justification");
        return new CelebrationWords(mapping.text("emoji"), mapping.text("message"), mapping.text("justification"));
    }
}
