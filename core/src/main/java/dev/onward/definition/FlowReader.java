package dev.onward.definition;

import dev.onward.flow.CompletionMode;
import dev.onward.flow.Flow;
import dev.onward.flow.Step;
import dev.onward.json.Json;
import dev.onward.model.FlowFormatException;
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

/** Reads a flow definition from YAML or JSON, the built-in ones and any team's alike. */
public final class FlowReader {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final int FIRST_VERSION = 1;
    private static final int MOST_STEPS = 100;
    private static final Map<String, CompletionMode> COMPLETES =
            Map.of("last_step", CompletionMode.LAST_STEP, "call", CompletionMode.CALL);

    private FlowReader() {}

    /**
     * Reads a definition that was reviewed when it was published, as version 1.
     *
     * @param file the name for error messages
     * @throws FlowFormatException listing all that is wrong
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
     * Reads a definition that is to be published, as version 1, and reviews its schemas too.
     *
     * @param file the name for error messages
     * @throws FlowFormatException listing all that is wrong
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
        } catch (FlowFormatException e) {
            return FlowCheck.unreadable(e.errors());
        }
    }

    /** Whether a definition that was written as JSON is still the same when it is read. */
    private static boolean isReadable(String json) {
        try {
            FlowErrors errors = new FlowErrors("");
            return json(new YamlMapping("", parse("", json), errors)).equals(json);
        } catch (FlowFormatException e) {
            return false;
        }
    }

    /** Keys with {@code null} are left out: generated clients send it for whatever was not set. */
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

    /** A key with nothing behind it stays, and is told: its author may have forgotten the rest. */
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
        if (steps.size() > MOST_STEPS) {
            mapping.error("steps", "must be at most " + MOST_STEPS + ": split it into several flows");
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
