package dev.onward.session;

import dev.onward.flow.Flow;
import dev.onward.flow.Step;
import java.util.Optional;
import java.util.Set;

/** A session beside its flow: how far it came and where to go on. */
public record Journey(Session session, Flow flow) {

    /** The ids of the steps that are done. */
    public Set<String> done() {
        return flow.declarationStep()
                .filter(step -> session.firstDeclaration().isPresent())
                .map(step -> Set.of(step.id()))
                .orElse(Set.of());
    }

    /** The step to do next; empty when nothing is left. */
    public Optional<Step> next() {
        return session.completed() ? Optional.empty() : flow.nextStep(done());
    }
}
