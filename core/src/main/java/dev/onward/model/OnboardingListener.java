package dev.onward.model;

/**
 * Receives events after their commit, at least once. Register it with {@link dev.onward.OnwardBuilder#listener}, which
 * says in which order, on which thread and when it is called again.
 */
@FunctionalInterface
public interface OnboardingListener {

    /**
     * Handles one event; returning means that it is done. The same event may come again, for example after a crash:
     * handle it so that a repeat does no harm, and recognise it by {@link OnboardingEvent#id}.
     *
     * <p>It may block and may call Onward. By now the session may have changed further, or may have been deleted by
     * cleanup.
     *
     * @param event what happened
     * @throws Exception to receive this event again later. Until it succeeds, no later event is delivered to this listener
     */
    void onEvent(OnboardingEvent event) throws Exception;
}
