package dev.onward.walks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.flow.Answer;
import dev.onward.flow.Step;
import dev.onward.kblock.KBlock;
import dev.onward.model.UserProfile;
import dev.onward.session.EventPage;
import dev.onward.session.EventPosition;
import dev.onward.session.FlowFilter;
import dev.onward.session.RecordedEvent;
import dev.onward.session.SessionService;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares Onward's answers and database with the model. */
record Comparison(SessionService sessions, Model model) {

    /** The session of a result. */
    void of(Onboarding onboarding) {
        ModelSession expected = model.sessions.stream()
                .filter(session -> session.id.equals(onboarding.session().id()))
                .findFirst()
                .orElseThrow();
        of(expected, onboarding);
    }

    void of(ModelSession expected, Onboarding onboarding) {
        Session session = onboarding.session();
        assertThat(session.id()).isEqualTo(expected.id);
        assertThat(session.userId()).isEqualTo(expected.user);
        assertThat(session.state()).hasToString(expected.state());
        assertThat(session.revision()).isEqualTo(expected.revision);
        assertThat(session.currentStep()).isEqualTo(expected.currentStep);
        assertThat(session.completed()).isEqualTo(expected.completed);
        assertThat(session.completedAt()).isEqualTo(expected.completedAt);
        assertThat(session.dismissedAt()).isEqualTo(expected.dismissedAt);
        assertThat(session.supersededBy()).isEqualTo(expected.supersededBy);
        assertThat(session.createdAt()).isEqualTo(expected.createdAt);
        assertThat(session.updatedAt()).isEqualTo(expected.updatedAt);
        assertThat(words(expected, onboarding)).isEqualTo(expected.answers);
        assertThat(onboarding.visibleSteps().steps().stream().map(Step::id))
                .containsExactlyElementsOf(
                        expected.visible().stream().map(ModelStep::id).toList());
        assertThat(onboarding.next().map(Step::id)).isEqualTo(expected.next());
    }

    private static Map<String, String> words(ModelSession expected, Onboarding onboarding) {
        Map<String, String> words = new HashMap<>();
        onboarding.answers().byStep().forEach((id, answer) -> {
            ModelStep step = expected.flow.step(id).orElseThrow();
            words.put(
                    id,
                    switch (answer) {
                        case Answer.Submitted submitted ->
                            step.kind().words().stream()
                                    .filter(word -> step.answer(word).equals(submitted.value()))
                                    .findFirst()
                                    .orElseThrow();
                        case Answer.Skipped skipped -> ModelSession.SKIPPED;
                    });
        });
        return words;
    }

    /** All rows that the database holds of a walk; histories are read in pages of this size. */
    void ofAll(ModelFlow flow, int page) {
        for (ModelSession session : model.sessions) {
            Onboarding onboarding = sessions.get(session.id);
            of(session, onboarding);
            assertThat(events(session.id, page)).containsExactlyInAnyOrderElementsOf(session.events);
            session.kblocks.forEach((step, kblock) -> ofKBlock(step, kblock, session, onboarding));
        }
        model.sessions.stream()
                .flatMap(session -> session.user.stream())
                .distinct()
                .forEach(user -> ofUser(user, flow));
    }

    private void ofUser(String user, ModelFlow flow) {
        assertThat(sessions.findForUser(user, new FlowFilter.OneFlow(flow.id()))
                        .map(onboarding -> onboarding.session().id()))
                .isEqualTo(model.of(user).map(session -> session.id));
        Optional<Instant> completedAt = Optional.ofNullable(model.profiles.get(user));
        UserProfile profile = sessions.profile(user);
        assertThat(Optional.ofNullable(profile.flows().get(flow.id()))).isEqualTo(completedAt);
        assertThat(profile.onboardingCompletedAt()).isEqualTo(flow.onboarding() ? completedAt : Optional.empty());
    }

    private void ofKBlock(String step, ModelKBlock expected, ModelSession session, Onboarding onboarding) {
        String id =
                onboarding.answers().submitted(step).orElseThrow().kblockId().orElseThrow();
        KBlock kblock = sessions.kblock(id);
        assertThat(kblock.content()).isEqualTo(expected.content);
        assertThat(kblock.sessionId()).isEqualTo(expected.home.id);
        assertThat(kblock.userId()).isEqualTo(expected.home.user);
        if (session.flow.declares().filter(first -> first.id().equals(step)).isPresent()) {
            assertThat(onboarding.session().firstKBlockId()).contains(id);
            assertThat(onboarding.session().firstDeclaration()).contains(expected.content);
        }
    }

    /** The history, page by page, without missing revisions. */
    private List<String> events(String id, int limit) {
        List<RecordedEvent> events = new ArrayList<>();
        for (Optional<EventPosition> next = Optional.of(EventPosition.BEGINNING); next.isPresent(); ) {
            EventPage page = sessions.events(id, next.get(), limit);
            events.addAll(page.events());
            next = page.next();
        }
        assertThat(events.stream().map(event -> event.position().revision())).isSorted();
        return events.stream()
                .map(event -> event.position().revision() + " " + event.type() + " "
                        + event.position().step())
                .toList();
    }
}
