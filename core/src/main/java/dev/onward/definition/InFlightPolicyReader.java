package dev.onward.definition;

import dev.onward.flow.InFlightPolicy;
import dev.onward.flow.Step;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what a version does with open sessions on other versions when it becomes current. */
final class InFlightPolicyReader {
    static final String POLICY = "in_flight";
    static final String STEP_MAP = "step_map";

    private static final String MIGRATE = "migrate";

    private final YamlMapping flow;
    private final Set<String> steps;

    private InFlightPolicyReader(YamlMapping flow, Set<String> steps) {
        this.flow = flow;
        this.steps = steps;
    }

    static InFlightPolicy read(YamlMapping flow, List<Step> steps) {
        return new InFlightPolicyReader(flow, steps.stream().map(Step::id).collect(Collectors.toSet())).read();
    }

    private InFlightPolicy read() {
        Map<String, Function<YamlMapping, InFlightPolicy>> policies = Map.of(
                "pin",
                mapping -> new InFlightPolicy.PinSessions(),
                MIGRATE,
                mapping -> new InFlightPolicy.MigrateSessions(stepMap()),
                "restart",
                mapping -> new InFlightPolicy.RestartSessions(),
                "exit",
                mapping -> new InFlightPolicy.ExitSessions());
        InFlightPolicy policy = flow.oneOf(POLICY, policies)
                .map(reading -> reading.apply(flow))
                .orElseGet(InFlightPolicy.PinSessions::new);
        if (!(policy instanceof InFlightPolicy.MigrateSessions)
                && flow.mapping(STEP_MAP)
                        .filter(entries -> !entries.keys().isEmpty())
                        .isPresent()) {
            flow.error(STEP_MAP, "goes with " + POLICY + ": " + MIGRATE + " only: set that, or remove the map");
        }
        return policy;
    }

    private Map<String, Optional<String>> stepMap() {
        Map<String, Optional<String>> map = new LinkedHashMap<>();
        Set<String> targets = new HashSet<>();
        flow.mapping(STEP_MAP)
                .ifPresent(entries -> entries.keys().forEach(old -> {
                    Optional<String> step = step(entries, old);
                    step.filter(to -> !targets.add(to))
                            .ifPresent(to -> entries.error(
                                    old, "leads to " + to + ", which another step also maps to: keep one of them"));
                    map.put(old, step);
                }));
        return map;
    }

    private Optional<String> step(YamlMapping entries, String old) {
        if (!StepReader.ID.matcher(old).matches()) {
            entries.error(old, "is not a step id, which matches " + StepReader.ID.pattern() + ": correct it");
        }
        if (entries.isNull(old)) {
            return Optional.empty();
        }
        String step = entries.text(old);
        if (!step.isEmpty() && !steps.contains(step)) {
            entries.error(
                    old,
                    "leads to " + step + ", which is not a step of this flow: name a step, or null to drop the answer");
        }
        return Optional.of(step);
    }
}
