package dev.onward.definition;

import dev.onward.flow.Artefact;
import dev.onward.flow.Step;
import dev.onward.flow.StepCondition;
import dev.onward.kblock.CelebrationWords;
import dev.onward.model.FirstDeclaration.Intensity;
import dev.onward.schema.AnswerSchema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the steps of a flow in order: each may refer to earlier ones. */
final class StepReader {
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Set<Object> DECLARING = Set.of("string", "object");
    private static final Set<String> MILESTONES = Set.of("started", "completed");
    private static final Map<String, Artefact> ARTEFACTS = Map.of(Artefact.KBLOCK.code(), Artefact.KBLOCK);

    private static final AnswerSchema DECLARATION = AnswerSchema.of(Map.of(
            "type",
            "object",
            "required",
            List.of("declaration"),
            "properties",
            Map.of("declaration", Map.of("type", "string", "minLength", 1, "maxLength", 10_000))));

    private final Set<String> all;
    private final Set<String> earlier = new HashSet<>();

    private StepReader(Set<String> all) {
        this.all = all;
    }

    static List<Step> read(List<YamlMapping> steps) {
        Set<String> ids = new HashSet<>();
        steps.forEach(step -> ids.add(step.text("id", "")));
        StepReader reader = new StepReader(ids);
        List<Step> read = new ArrayList<>();
        steps.forEach(step -> read.add(reader.step(step)));
        return read;
    }

    private Step step(YamlMapping mapping) {
        mapping.allowOnly(
                "id", "title", "description", "optional", "revisable", "when", "input", "creates", "celebration", "ui");
        String id = mapping.id("id", ID);
        if (MILESTONES.contains(id)) {
            mapping.error("id", "must not be the name of a milestone, started or completed: choose another");
        }
        Optional<Artefact> creates = mapping.oneOf("creates", ARTEFACTS);
        Step step = new Step(
                id,
                mapping.text("title"),
                mapping.text("description", ""),
                mapping.yes("optional"),
                revisable(mapping, creates),
                when(mapping),
                input(mapping, creates),
                creates,
                celebration(mapping.mapping("celebration")),
                mapping.free("ui"));
        if (!earlier.add(id)) {
            mapping.error("id", "appears twice: give each step its own id");
        }
        return step;
    }

    /** A step that creates something is not revisable, because that cannot be undone. */
    private static boolean revisable(YamlMapping mapping, Optional<Artefact> creates) {
        if (creates.isPresent() && mapping.yes("revisable")) {
            mapping.error("revisable", "must be false or absent for a step that creates something");
        }
        return mapping.has("revisable") ? mapping.yes("revisable") : creates.isEmpty();
    }

    /** The schema of the answer. A step that creates something takes a declaration by default. */
    private static Optional<AnswerSchema> input(YamlMapping mapping, Optional<Artefact> creates) {
        if (creates.isPresent() && !mapping.has("input")) {
            return Optional.of(DECLARATION);
        }
        Optional<AnswerSchema> input = mapping.mapping("input").map(found -> AnswerSchema.of(found.plain()));
        boolean declares = input.map(schema -> schema.definition().get("type"))
                .filter(type -> !DECLARING.contains(type))
                .isEmpty();
        if (creates.isPresent() && !declares) {
            mapping.error("input", "must be a string, or an object with a declaration, to create a K-Block");
        }
        return input;
    }

    private StepCondition when(YamlMapping mapping) {
        if (!mapping.has("when")) {
            return StepCondition.always();
        }
        List<YamlMapping> alternatives = mapping.isList("when")
                ? mapping.mappings("when")
                : mapping.mapping("when").stream().toList();
        return new StepCondition(alternatives.stream().map(this::conditions).toList());
    }

    private Map<String, AnswerSchema> conditions(YamlMapping alternative) {
        Map<String, AnswerSchema> conditions = new LinkedHashMap<>();
        for (String step : alternative.keys()) {
            if (!all.contains(step)) {
                alternative.error(step, "is not a step of this flow: name an earlier one");
            } else if (!earlier.contains(step)) {
                alternative.error(step, "is not an earlier step: a step can only depend on steps before it");
            }
            alternative.mapping(step).ifPresent(schema -> conditions.put(step, AnswerSchema.of(schema.plain())));
        }
        if (conditions.isEmpty()) {
            alternative.error("", "must name at least one earlier step, with a schema for its answer");
        }
        return conditions;
    }

    private static Map<Intensity, CelebrationWords> celebration(Optional<YamlMapping> mapping) {
        Map<Intensity, CelebrationWords> words = new EnumMap<>(Intensity.class);
        mapping.ifPresent(found -> {
            found.allowOnly("high", "medium", "low");
            for (Intensity intensity : Intensity.values()) {
                found.mapping(intensity.code())
                        .ifPresentOrElse(
                                entry -> words.put(intensity, words(entry)), () -> found.missing(intensity.code()));
            }
        });
        return words;
    }

    private static CelebrationWords words(YamlMapping mapping) {
        mapping.allowOnly("emoji", "message", "justification");
        return new CelebrationWords(mapping.text("emoji"), mapping.text("message"), mapping.text("justification"));
    }
}
