package dev.onward.analytics;

import dev.onward.model.FlowFigures;
import dev.onward.session.LongRead;
import java.util.List;

/** Reads the statistics. Throws the exceptions of {@link dev.onward.session.SessionStore}. */
public interface AnalyticsStore {

    /** The figures of every flow with sessions, in order of the flows' names. Reads all sessions, so it is slow. */
    default List<FlowFigures> figures() {
        return figures(LongRead.forWork());
    }

    /**
     * The figures, with a limit on the read.
     *
     * @throws dev.onward.model.OnboardingException.ReadCancelled if it took too long or the caller is gone
     */
    List<FlowFigures> figures(LongRead read);
}
