package dev.onward.jdbc.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs actions after each commit of this process that wrote events. Thread-safe. */
public final class CommitSignal {
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    /** @param action runs on the thread of the caller that wrote: it must neither block nor throw */
    public void add(Runnable action) {
        actions.add(action);
    }

    void committed() {
        for (Runnable action : actions) {
            action.run();
        }
    }
}
