package dev.onward;

import dev.onward.model.ClaimedSession;
import dev.onward.model.FirstDeclaration;
import dev.onward.model.OnboardingEvent;
import dev.onward.model.SessionSummary;
import dev.onward.session.ClaimResult;
import dev.onward.session.DeclarationResult;
import dev.onward.session.EventPage;
import dev.onward.session.RecordedEvent;
import dev.onward.session.SessionPage;
import dev.onward.transition.Session;

/** Shows internal values as values of the Java API. */
final class Views {
    private Views() {}

    static SessionSummary summary(Session session) {
        return new SessionSummary(
                session.id(),
                session.userId(),
                session.flow(),
                session.flowVersion(),
                session.state(),
                session.currentStep(),
                session.completed(),
                session.firstKBlockId(),
                session.firstDeclaration(),
                session.createdAt(),
                session.completedAt(),
                session.updatedAt());
    }

    static OnboardingEvent event(String sessionId, RecordedEvent event) {
        return new OnboardingEvent(
                event.id(),
                sessionId,
                event.userId(),
                event.flow(),
                event.flowVersion(),
                event.type(),
                event.position().step(),
                event.position().revision(),
                event.at());
    }

    static Page<SessionSummary> page(SessionPage page) {
        return new Page<>(
                page.sessions().stream().map(Views::summary).toList(),
                page.next().map(Cursors::of));
    }

    static Page<OnboardingEvent> page(String sessionId, EventPage page) {
        return new Page<>(
                page.events().stream().map(event -> event(sessionId, event)).toList(),
                page.next().map(Cursors::of));
    }

    static FirstDeclaration declared(DeclarationResult result) {
        return new FirstDeclaration(
                result.onboarding().view(),
                result.kblockId(),
                result.layer(),
                result.loss().value(),
                result.justification(),
                result.celebration());
    }

    static ClaimedSession claimed(ClaimResult result) {
        return new ClaimedSession(
                result.onboarding().view(), result.result(), result.superseded(), result.merged(), result.left());
    }
}
