package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.browser.BrowserEnvironment.Visits;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lifecycle with interruptions: nobody starts over, and no draft is lost. */
@ExtendWith(BrowserEnvironment.class)
class ResumeTest {

    private static final String DRAFT = "Half a thought, not yet";
    private static final String CLEARED = "Your session expired";

    @Test
    void continuesAfterTheBrowserWasClosed(Visits visits) {
        Path profile = visits.profile();
        Visitor before = visits.visitorWithProfile(profile);
        before.openQuestion();
        before.write(DRAFT);
        String session = before.cookie().value;
        before.close();

        Visitor after = visits.visitorWithProfile(profile);
        after.openQuestion();
        assertThat(after.answer()).hasValue(DRAFT);
        assertThat(after.cookie().value).isEqualTo(session);
        after.declare(DRAFT + " finished.");
        after.seeCelebrated(DRAFT + " finished.");
        assertThat(after.cookie().value).isEqualTo(session);
    }

    @Test
    void continuesAfterTheServerWasKilled(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        visitor.write(DRAFT);
        String session = visitor.cookie().value;

        visits.server().kill();
        visits.server().startAgain();

        visitor.openQuestion();
        assertThat(visitor.answer()).hasValue(DRAFT);
        assertThat(visitor.page().getByText("Welcome back.")).isVisible();
        visitor.button("Declare it").click();
        visitor.seeCelebrated(DRAFT);
        assertThat(visitor.cookie().value).isEqualTo(session);
    }

    @Test
    void returnsToTheCelebrationAfterTheServerWasKilled(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        visitor.declare("What was answered is kept.");
        visitor.seeCelebrated("What was answered is kept.");

        visits.server().kill();
        visits.server().startAgain();

        visitor.open("/onboarding");
        assertThat(visitor.heading()).hasText("Your first declaration is saved.");
        visitor.enterStudio().click();
        visitor.seeStudioWith("What was answered is kept.");
    }

    @Test
    void submitsByItselfAfterAnOutage(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();

        visits.server().kill();
        visitor.declare("Typed while nobody listened.");
        assertThat(visitor.page()
                        .getByText("We can't reach the server right now.")
                        .first())
                .isVisible();
        assertThat(visitor.answer()).hasValue("Typed while nobody listened.");

        visits.server().startAgain();
        visitor.seeCelebrated("Typed while nobody listened.");
    }

    @Test
    void doesNotSubmitADraft(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        visitor.page().route("**/api/**", route -> route.abort());
        visitor.declare("A first version.");
        assertThat(visitor.button("Try now")).isVisible();

        visitor.write("A second version, unfinished");
        assertThat(visitor.page().getByText("Not sent yet.")).isVisible();
        visitor.page().unroute("**/api/**");
        visitor.write("A second version, finished.");
        visitor.button("Declare it").click();
        visitor.seeCelebrated("A second version, finished.");
    }

    @Test
    void submitsInANewSessionIfTheOldOneWasDeleted(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        String session = visitor.cookie().value;
        visitor.write("I had gone for a long walk.");

        new Operator(visits.server()).deleteSession(session);

        visitor.button("Declare it").click();
        visitor.seeCelebrated("I had gone for a long walk.");
        assertThat(visitor.page().getByText("Everything you wrote is still here."))
                .isVisible();
        assertThat(visitor.cookie().value).isNotEqualTo(session);
    }

    @Test
    void keepsTheDraftIfTheSessionWasDeleted(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        String session = visitor.cookie().value;
        visitor.write(DRAFT);

        new Operator(visits.server()).deleteSession(session);

        visitor.openQuestion();
        assertThat(visitor.answer()).hasValue(DRAFT);
        assertThat(visitor.page().getByText(CLEARED)).isVisible();
        assertThat(visitor.cookie().value).isNotEqualTo(session);

        visitor.openQuestion();
        assertThat(visitor.page().getByText(CLEARED)).isHidden();
    }

    @Test
    void reportsADeletedSessionAlsoIfItsCookieHasExpired(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        visitor.write(DRAFT);

        new Operator(visits.server()).deleteSession(visitor.cookie().value);
        visitor.page().context().clearCookies();

        visitor.openQuestion();
        assertThat(visitor.answer()).hasValue(DRAFT);
        assertThat(visitor.page().getByText(CLEARED)).isVisible();
    }
}
