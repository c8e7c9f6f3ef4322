package dev.onward.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A named, versioned, ordered list of steps. A published version never changes.
 *
 * @param version the number of the published version, from 1; the definition does not contain it
 * @param onboarding whether completing it sets {@code onboarding_completed_at} in the profile
 * @param completesEarly whether the product may complete it while required steps are missing
 * @param retentionHours the minimum time to keep an open session; empty for the installation's retention
 * @param inFlight what happens to sessions on other versions when this one becomes current
 */
public record Flow(
        String id,
        int version,
        String title,
        boolean onboarding,
        CompletionMode completes,
        boolean completesEarly,
        String completionMessage,
        OptionalInt retentionHours,
        InFlightPolicy inFlight,
        List<Step> steps) {

    public Flow {
        steps = List.copyOf(steps);
    }

    /** The same definition with another version number. */
    public Flow atVersion(int number) {
        return new Flow(
                id,
                number,
                title,
                onboarding,
                completes,
                completesEarly,
                completionMessage,
                retentionHours,
                inFlight,
                steps);
    }

    /** The step whose answer is the person's first declaration: the first one that creates a K-Block. */
    public Optional<Step> declarationStep() {
        return steps.stream()
                .filter(step -> step.creates().filter(Artefact.KBLOCK::equals).isPresent())
                .findFirst();
    }

    public Optional<Step> step(String stepId) {
        return steps.stream().filter(step -> step.id().equals(stepId)).findFirst();
    }

    /** The steps that are visible with these answers. Answers to other steps do not count. */
    public VisibleSteps visibleSteps(Answers answers) {
        Set<String> ids = new HashSet<>();
        List<Step> visible = new ArrayList<>();
        for (Step step : steps) {
            if (step.when().holds(answers, ids)) {
                ids.add(step.id());
                visible.add(step);
            }
        }
        return new VisibleSteps(visible, answers);
    }
}
