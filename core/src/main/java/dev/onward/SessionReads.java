package dev.onward;

import dev.onward.model.KBlockView;
import dev.onward.model.OnboardingEvent;
import dev.onward.model.OnboardingException;
import dev.onward.model.SessionSummary;
import dev.onward.model.SessionView;
import dev.onward.model.UserProfile;
import dev.onward.session.EventPosition;
import dev.onward.session.FlowFilter;
import dev.onward.session.SessionService;
import dev.onward.transition.Onboarding;
import java.util.Optional;

/** What {@link Sessions} reads. */
abstract sealed class SessionReads permits Sessions {
    private final SessionService service;

    SessionReads(SessionService service) {
        this.service = service;
    }

    /**
     * Reads a session. Does not count as activity of the person. Blocks.
     *
     * @param sessionId the session's id
     * @return the session as it is now
     * @throws OnboardingException.SessionNotFound if there is no such session
     */
    public SessionView get(String sessionId) {
        return service.get(sessionId).view();
    }

    /**
     * Reads a session for the person who returns to it, and makes cleanup count from now. Blocks.
     *
     * @param sessionId the session's id
     * @return the session as it is now
     * @throws OnboardingException.SessionNotFound if there is no such session; nothing happened
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView visit(String sessionId) {
        return service.visit(sessionId).view();
    }

    /**
     * Finds a user's session of any flow. Blocks.
     *
     * @param userId the user's id
     * @return their newest open session, else their newest completed one, else their newest dismissed one
     */
    public Optional<SessionView> findForUser(String userId) {
        return service.findForUser(userId, new FlowFilter.AnyFlow()).map(Onboarding::view);
    }

    /**
     * Finds a user's session of a flow. Blocks.
     *
     * @param userId the user's id
     * @param flow the flow's id
     * @return their newest open session, else their newest completed one, else their newest dismissed one
     */
    public Optional<SessionView> findForUser(String userId, String flow) {
        return service.findForUser(userId, new FlowFilter.OneFlow(flow)).map(Onboarding::view);
    }

    /**
     * Lists sessions, newest first. Blocks.
     *
     * @param query which sessions, and how many
     * @return a page of them
     * @throws IllegalArgumentException if the query's cursor is not one of this list
     */
    public Page<SessionSummary> list(SessionQuery query) {
        return Views.page(query.cursor()
                .map(cursor -> service.listAfter(Cursors.position(cursor), Cursors.filter(query), query.limit()))
                .orElseGet(() -> service.list(Cursors.filter(query), query.limit())));
    }

    /**
     * Lists the first events of a session, oldest first. Blocks.
     *
     * @param sessionId the session's id
     * @param limit how many at most: 1 to 1,000
     * @return a page of them
     * @throws OnboardingException.SessionNotFound if there is no such session
     */
    public Page<OnboardingEvent> events(String sessionId, int limit) {
        return Views.page(sessionId, service.events(sessionId, EventPosition.BEGINNING, limit));
    }

    /**
     * Lists the events that follow a page. Blocks.
     *
     * @param sessionId the session's id
     * @param cursor the page's {@link Page#nextCursor}
     * @param limit how many at most: 1 to 1,000
     * @return the next page
     * @throws OnboardingException.SessionNotFound if there is no such session
     * @throws IllegalArgumentException if the cursor is not one of this list
     */
    public Page<OnboardingEvent> eventsAfter(String sessionId, String cursor, int limit) {
        return Views.page(sessionId, service.events(sessionId, Cursors.eventPosition(cursor), limit));
    }

    /**
     * Reads a K-Block. Blocks.
     *
     * @param id the K-Block's id
     * @return the K-Block
     * @throws OnboardingException.KBlockNotFound if there is none
     */
    public KBlockView kblock(String id) {
        return service.kblock(id).view();
    }

    /**
     * Reads what is known of a user. Blocks.
     *
     * @param userId the user's id
     * @return the profile; an empty one for an unknown user
     */
    public UserProfile profile(String userId) {
        return service.profile(userId);
    }
}
