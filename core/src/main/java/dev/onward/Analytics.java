package dev.onward;

import dev.onward.analytics.AnalyticsStore;
import dev.onward.model.FlowFigures;
import java.util.List;
import java.util.Optional;

/**
 * How flows perform. Thread-safe; every method blocks until the database has answered, and only reads: whatever it throws,
 * nothing has changed.
 */
public final class Analytics {
    private final AnalyticsStore store;

    Analytics(AnalyticsStore store) {
        this.store = store;
    }

    /**
     * The figures of every flow that has sessions, deleted ones included. Reads all sessions: not for a hot path.
     * Blocks.
     *
     * @return one entry for each flow
     * @throws dev.onward.model.OnboardingException.ReadCancelled if it took too long
     */
    public List<FlowFigures> figures() {
        return store.figures();
    }

    /**
     * The figures of one flow. Reads all sessions. Blocks.
     *
     * @param flow the flow's id
     * @return the figures; empty if the flow has no sessions
     * @throws dev.onward.model.OnboardingException.ReadCancelled if it took too long
     */
    public Optional<FlowFigures> figures(String flow) {
        return figures().stream().filter(figures -> figures.flow().equals(flow)).findFirst();
    }
}
