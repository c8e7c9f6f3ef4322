package dev.onward.session;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.OnboardingException;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.util.function.Consumer;

/** Reads sessions with the flow versions that they follow. */
record OnboardingReader(SessionStore store, FlowCatalog flows) {

    /** @throws OnboardingException.SessionNotFound if there is none */
    Session find(String id) {
        return store.find(id).orElseThrow(OnboardingException.SessionNotFound::new);
    }

    /** @param check throws if the caller may not use the session */
    Onboarding get(String id, Consumer<Session> check) {
        Session session = find(id);
        check.accept(session);
        return onboarding(session);
    }

    /** @throws OnboardingException.FlowNotLoaded if the version is not here */
    Onboarding onboarding(Session session) {
        Flow flow = flows.find(session.flow(), session.flowVersion())
                .orElseThrow(() -> new OnboardingException.FlowNotLoaded(session.flow()));
        return new Onboarding(session, flow);
    }

    /** @throws OnboardingException.InvalidField naming {@code flow} if it is unknown */
    Flow currentFlow(String id) {
        return flows.find(id).orElseThrow(OnboardingReader::unknownFlow);
    }

    /** @throws OnboardingException.InvalidField naming {@code flow} if it is unknown */
    String requireFlow(String id) {
        if (!flows.ids().contains(id)) {
            throw unknownFlow();
        }
        return id;
    }

    private static OnboardingException unknownFlow() {
        return new OnboardingException.InvalidField("flow", "names an unknown flow");
    }
}
