package dev.onward.walks;

import dev.onward.definition.FlowReader;
import dev.onward.flow.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A flow as the model sees it. */
record ModelFlow(String id, boolean byLastStep, boolean early, boolean onboarding, List<ModelStep> steps) {

    static ModelFlow random(int number) {
        Random random = new Random(number);
        List<ModelStep> steps = new ArrayList<>();
        for (int i = 1 + random.nextInt(6); i >= 0; i--) {
            steps.add(ModelStep.random(random, steps.size(), steps));
        }
        return new ModelFlow(
                "flow-" + number,
                random.nextInt(3) > 0,
                random.nextInt(3) == 0,
                random.nextBoolean(),
                List.copyOf(steps));
    }

    Optional<ModelStep> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** The step whose answer is the first declaration. */
    Optional<ModelStep> declares() {
        return steps.stream()
                .filter(step -> step.kind() == ModelStep.Kind.KBLOCK)
                .findFirst();
    }

    Flow real() {
        var byId = steps.stream().collect(Collectors.toMap(ModelStep::id, Function.identity()));
        return FlowReader.read(
                id + ".yaml",
                "flow: " + id + "\ntitle: Flow\nonboarding: " + onboarding + "\ncompletes: "
                        + (byLastStep ? "last_step" : "call") + "\ncompletes_early: " + early + "\nsteps:\n"
                        + steps.stream().map(step -> "  - " + step.yaml(byId)).collect(Collectors.joining("\n")));
    }
}
