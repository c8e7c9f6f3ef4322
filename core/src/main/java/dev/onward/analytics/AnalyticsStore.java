package dev.onward.analytics;

import dev.onward.model.FlowFigures;
import dev.onward.session.LongRead;
import java.util.List;

/** Where the figures come from. Throws what {@link dev.onward.session.SessionStore} throws. */
public interface AnalyticsStore {

    /** The figures of every flow that has sessions, by the flow's name. Reads all sessions: not for a hot path. */
    default List<FlowFigures> figures() {
        return figures(LongRead.forWork());
    }

    /**
     * The same.
     *
     * @throws dev.onward.model.OnboardingException.ReadCancelled if it took too long or the caller is gone
     */
    List<FlowFigures> figures(LongRead read);
}
