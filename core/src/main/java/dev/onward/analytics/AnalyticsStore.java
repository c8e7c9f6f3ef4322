package dev.onward.analytics;

import java.util.List;

/** Where the figures come from. Throws what {@link dev.onward.session.SessionStore} throws. */
public interface AnalyticsStore {

    /** The figures of every flow that has sessions, by the flow's name. Reads all sessions: not for a hot path. */
    List<FlowFigures> figures();
}
