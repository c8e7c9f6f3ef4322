package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import dev.onward.browser.BrowserEnvironment.Visits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Drafts are kept, whatever happens to the session. */
@ExtendWith(BrowserEnvironment.class)
class DraftsTest {
    private static final String GOALS = "Is there anything else we should know?";
    private static final String TYPED = "It has to work on the first day";

    @Test
    void theStudioOpensForABegunSession(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        visitor.open("/studio");
        visitor.seeHeading("You haven't made your declaration yet.");
        assertThat(visitor.page().getByText("Finish your first declaration to see it here."))
                .isVisible();
    }

    @Test
    void theStudioCountsDrafts(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        visitor.write("Half a thought");
        visitor.open("/studio");
        visitor.seeHeading("You haven't made your declaration yet.");
        assertThat(visitor.page().getByText("Your draft (14 characters) is saved on this device."))
                .isVisible();
        visitor.page().getByText("Continue where you left off").click();
        assertThat(visitor.answer()).hasValue("Half a thought");
    }

    @Test
    void draftsSurviveACompletionInAnotherTab(Visits visits) {
        Visitor visitor = visits.visitor();
        untilTheWishesOfAMember(visitor);
        visitor.write(TYPED);
        skipElsewhere(visitor, "wishes");
        visitor.page().evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
        visitor.seeHeading("Your workspace is ready.");

        visitor.button("Answer: " + GOALS).click();
        visitor.seeHeading(GOALS);
        assertThat(visitor.answer()).hasValue(TYPED);
    }

    @Test
    void draftsSurviveASkippedStep(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("kinds");
        visitor.field("Name").fill("Ada");
        visitor.button("Skip this").click();
        visitor.seeHeading("A line");
        visitor.button("Back to: All at once").click();
        visitor.seeHeading("All at once");
        assertThat(visitor.field("Name")).hasValue("Ada");
    }

    @Test
    void draftsOverrideAnswersOfADeletedSession(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.write("The old name");
        visitor.continueToNextStep();
        visitor.seeHeading("What brings you here?");
        visitor.button("Back to: What should we call your workspace?").click();
        visitor.write("A newer name");
        visitor.page().goBack();
        visitor.seeHeading("What brings you here?");
        new Operator(visits.server()).deleteSession(visitor.cookie().value);
        visitor.page().route("**/steps/workspace*", DraftsTest::refuse);

        visitor.field("I'm joining a team").check();
        visitor.continueToNextStep();
        visitor.seeHeading("What should we call your workspace?");
        assertThat(visitor.answer()).hasValue("A newer name");
        visitor.page().unroute("**/steps/workspace*");
        visitor.continueToNextStep();
        visitor.seeHeading("What brings you here?");
        assertThat(visitor.field("I'm joining a team")).isChecked();
    }

    private static void untilTheWishesOfAMember(Visitor visitor) {
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.write("Harbour Lane");
        visitor.continueToNextStep();
        visitor.field("I'm joining a team").check();
        visitor.continueToNextStep();
        visitor.field("Plan our work").check();
        visitor.continueToNextStep();
        visitor.seeHeading(GOALS);
    }

    private static void skipElsewhere(Visitor visitor, String step) {
        visitor.page().evaluate("""
                (step) => fetch(`/api/onboarding/sessions/current/steps/${step}/skip?flow=team-setup`, {method: "POST"})
                """, step);
    }

    private static void refuse(Route route) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(422)
                .setContentType("application/problem+json")
                .setBody("{\"code\": \"invalid_answer\", \"detail\": \"The name is taken.\"}"));
    }
}
