package dev.onward.session;

import dev.onward.definition.BuiltInFlow;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.transition.Declaration;
import dev.onward.transition.Onboarding;
import dev.onward.transition.SessionAction;
import dev.onward.transition.Transitions;
import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Deciding the outcome of a first declaration. */
@State(Scope.Benchmark)
public class TransitionsBenchmark {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Flow flow =
            BuiltInFlow.catalog().find(FlowCatalog.DEFAULT_FLOW).orElseThrow();
    private final Transitions transitions = new Transitions(() -> "an-id");
    private final SessionAction declare =
            new SessionAction.Declare(new Declaration("I believe that good tools make people kinder."));
    private final Onboarding onboarding = new Onboarding(
            transitions.start(flow, Optional.empty(), Optional.empty(), NOW).after(), flow);

    @Benchmark
    public Object declare() {
        return transitions.apply(onboarding, declare, NOW);
    }

    @Benchmark
    public Object start() {
        return transitions.start(flow, Optional.empty(), Optional.empty(), NOW);
    }
}
