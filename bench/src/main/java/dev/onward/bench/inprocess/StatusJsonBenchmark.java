package dev.onward.bench.inprocess;

import dev.onward.definition.BuiltInFlow;
import dev.onward.flow.Answers;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.transition.AnswerState;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.transition.SessionProgress;
import dev.onward.web.http.WireJson;
import dev.onward.web.response.StatusResponse;
import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writing the response to a status request as JSON. */
@State(Scope.Benchmark)
public class StatusJsonBenchmark {
    private static final Instant STARTED_AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Flow flow =
            BuiltInFlow.catalog().find(FlowCatalog.DEFAULT_FLOW).orElseThrow();
    private final Onboarding onboarding = new Onboarding(
            new Session(
                    "0d5c1c3e-7d64-4f5f-a5a1-1f3f4d6f9b1a",
                    Optional.empty(),
                    flow.id(),
                    flow.version(),
                    new SessionProgress(
                            "first_declaration", true, Optional.of(STARTED_AT), Optional.empty(), Optional.empty()),
                    new AnswerState(
                            Answers.none(),
                            Optional.of("I believe that good tools make people kinder."),
                            Optional.of("7b0f6d62-7c6e-4f0a-9f57-6a3f8f3f2a11")),
                    2,
                    true,
                    STARTED_AT,
                    STARTED_AT,
                    Optional.empty(),
                    Optional.empty()),
            flow);

    @Benchmark
    public byte[] statusAsJson() {
        return WireJson.write(StatusResponse.of(onboarding));
    }
}
