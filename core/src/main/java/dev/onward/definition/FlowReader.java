package dev.onward.definition;

import dev.onward.flow.CompletionMode;
import dev.onward.flow.Flow;
import dev.onward.flow.Step;
import dev.onward.json.Json;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads flow definitions from YAML or JSON. */
public final class FlowReader {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final int FIRST_VERSION = 1;
    private static final int MAX_STEPS = 100;
    private static final Map<String, CompletionMode> COMPLETES =
            Map.of("last_step", CompletionMode.LAST_STEP, "call", CompletionMode.CALL);

    private FlowReader() {}

    /**
     * Reads a definition that was reviewed before it was published, as version 1.
     *
     * @param file the name for error messages
     * @throws InvalidFlow with all errors
     */
    public static Flow read(String file, String text) {
        FlowErrors errors = new FlowErrors(file);
        return valid(new YamlMapping("", parse(file, text), errors), errors);
    }

    static FlowDefinition reviewed(String file, String text) {
        FlowErrors errors = new FlowErrors(file);
        YamlMapping mapping = new YamlMapping("", parse(file, text), errors);
        return new FlowDefinition(valid(mapping, errors), json(mapping));
    }

    private static Flow valid(YamlMapping mapping, FlowErrors errors) {
        Flow flow = flow(mapping);
        errors.throwIfAny();
        return flow;
    }

    /**
     * Reads a definition for publishing, as version 1, and reviews its schemas.
     *
     * @param file the name for error messages
     * @throws InvalidFlow with all errors
     */
    public static Flow review(String file, String text) {
        return definition(file, text).flow();
    }

    static FlowDefinition definition(String file, String text) {
        return check(file, text).orElseThrow();
    }

    static FlowCheck check(String file, String text) {
        try {
            FlowErrors errors = new FlowErrors(file);
            YamlMapping mapping = new YamlMapping("", parse(file, text), errors);
            Flow flow = flow(mapping);
            StepSchemaReview.review(mapping);
            FlowDefinition definition = new FlowDefinition(flow, json(mapping));
            if (errors.errors().isEmpty() && !isReadable(definition.json())) {
                errors.add(OptionalInt.empty(), "", "cannot be stored as JSON: shorten it, and use plain text");
            }
            return new FlowCheck(
                    errors.errors().isEmpty() ? Optional.of(definition) : Optional.empty(),
                    errors.errors(),
                    errors.warnings());
        } catch (InvalidFlow e) {
            return FlowCheck.unreadable(e.errors());
        }
    }

    /** Whether the definition is unchanged after it was written as JSON and read again. */
    private static boolean isReadable(String json) {
        try {
            FlowErrors errors = new FlowErrors("");
            return json(new YamlMapping("", parse("", json), errors)).equals(json);
        } catch (InvalidFlow e) {
            return false;
        }
    }

    /** Removes keys with {@code null}, because generated clients send them for unset fields. */
    private static Node parse(String file, String text) {
        Node document = YamlDocument.parse(file, text);
        if (document instanceof MappingNode flow) {
            flow.setValue(withoutNulls(flow));
            flow.getValue().stream()
                    .map(NodeTuple::getValueNode)
                    .filter(SequenceNode.class::isInstance)
                    .flatMap(steps -> ((SequenceNode) steps).getValue().stream())
                    .filter(MappingNode.class::isInstance)
                    .map(MappingNode.class::cast)
                    .forEach(step -> step.setValue(withoutNulls(step)));
        }
        return document;
    }

    /** Keeps a key without a value in YAML, so that it is reported: its author may have forgotten the value. */
    private static List<NodeTuple> withoutNulls(MappingNode mapping) {
        return mapping.getValue().stream()
                .filter(tuple -> !(tuple.getValueNode() instanceof ScalarNode scalar
                        && scalar.getTag().equals(Tag.NULL)
                        && !scalar.getValue().isEmpty()))
                .toList();
    }

    private static String json(YamlMapping mapping) {
        return Json.write(mapping.plain());
    }

    private static Flow flow(YamlMapping mapping) {
        mapping.allowOnly(
                "flow",
                "title",
                "onboarding",
                "completes",
                "completes_early",
                "completion_message",
                "retention_hours",
                InFlightPolicyReader.POLICY,
                InFlightPolicyReader.STEP_MAP,
                "steps");
        List<YamlMapping> steps = mapping.mappings("steps");
        if (steps.size() > MAX_STEPS) {
            mapping.error("steps", "must be at most " + MAX_STEPS + ": split it into several flows");
        }
        List<Step> read = StepReader.read(steps);
        Optional<Integer> retention = mapping.number("retention_hours", 1, 87_600);
        return new Flow(
                mapping.id("flow", ID),
                FIRST_VERSION,
                mapping.text("title"),
                mapping.yes("onboarding"),
                mapping.oneOf("completes", COMPLETES).orElse(CompletionMode.LAST_STEP),
                mapping.yes("completes_early"),
                mapping.text("completion_message", ""),
                retention.map(OptionalInt::of).orElse(OptionalInt.empty()),
                InFlightPolicyReader.read(mapping, read),
                read);
    }
}
