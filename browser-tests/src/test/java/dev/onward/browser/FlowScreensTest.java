package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.onward.browser.BrowserEnvironment.Visits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each screen of a flow, checked by {@link AccessibilityCheck}. */
@ExtendWith(BrowserEnvironment.class)
class FlowScreensTest {

    @Test
    void theTeamSetupIsAccessible(Visits visits) {
        Visitor visitor = visits.visitor(AccessibilityCheck.desktop());
        visitor.openFlow("team-setup");
        AccessibilityCheck.at(visitor, "flow-page-to-read");
        visitor.button("Begin").click();
        visitor.seeHeading("What should we call your workspace?");
        visitor.write("H");
        visitor.continueToNextStep();
        assertThat(visitor.answer()).hasAttribute("aria-invalid", "true");
        AccessibilityCheck.at(visitor, "flow-line-refused");
        visitor.write("Harbour Lane Bakery");
        visitor.continueToNextStep();
        visitor.field("I'm setting this up for a team").check();
        AccessibilityCheck.at(visitor, "flow-one-choice");
        visitor.continueToNextStep();
        visitor.seeHeading("How many people are in your team?");
        visitor.write("120");
        AccessibilityCheck.at(visitor, "flow-number");
        visitor.continueToNextStep();
        visitor.seeHeading("What do you want to get done first?");
        visitor.continueToNextStep();
        assertThat(visitor.page().locator("[aria-invalid]").first()).isVisible();
        AccessibilityCheck.at(visitor, "flow-several-choices-refused");
        visitor.field("Plan our work").check();
        visitor.continueToNextStep();
        visitor.seeHeading("Do you want to import data from another tool?");
        AccessibilityCheck.at(visitor, "flow-yes-or-no");
        visitor.field("Yes").check();
        visitor.continueToNextStep();
        visitor.field("Tool").selectOption("\"Notion\"");
        AccessibilityCheck.at(visitor, "flow-form");
        visitor.continueToNextStep();
        visitor.seeHeading("When does your team start?");
        visitor.field("Day").fill("31");
        visitor.field("Month").selectOption("02");
        visitor.continueToNextStep();
        assertThat(visitor.field("Year")).hasAttribute("aria-invalid", "true");
        AccessibilityCheck.at(visitor, "flow-date-refused");
        visitor.field("Day").fill("1");
        visitor.field("Year").fill("2027");
        visitor.continueToNextStep();
        visitor.seeHeading("Who should we call?");
        AccessibilityCheck.at(visitor, "flow-optional-form");
        visitor.button("Skip this").click();
        visitor.seeHeading("Who should join you?");
        visitor.write("ada@example.com\ngrace@example.com");
        AccessibilityCheck.at(visitor, "flow-lines");
        visitor.continueToNextStep();
        visitor.seeHeading("Is there anything else we should know?");
        visitor.page().getByText("Step 11 of 11").click();
        AccessibilityCheck.at(visitor, "flow-all-steps");
        visitor.press("Escape");
        visitor.button("Not now").click();
        visitor.seeHeading("Saved for later.");
        AccessibilityCheck.at(visitor, "flow-dismissed");
        visitor.button("Continue where I left off").click();
        visitor.write("It has to work on the first day.");
        visitor.openFlow("team-setup");
        AccessibilityCheck.at(visitor, "flow-with-draft");
        visitor.button("Finish").click();
        visitor.seeHeading("Your workspace is ready.");
        AccessibilityCheck.at(visitor, "flow-finished");
    }

    @Test
    void theFirstRequestIsAccessible(Visits visits) {
        Visitor visitor = visits.visitor(AccessibilityCheck.desktop());
        visitor.openFlow("developer-quickstart");
        visitor.field("Python").check();
        visitor.continueToNextStep();
        visitor.button("I have it").click();
        visitor.seeHeading("Send your first request.");
        AccessibilityCheck.at(visitor, "flow-snippet");
        visitor.button("I sent it").click();
        visitor.seeHeading("Which request id did you get?");
        visitor.write("req_8f14e45fce");
        visitor.page().route("**/api/**", route -> route.abort());
        visitor.continueToNextStep();
        assertThat(visitor.button("Try now")).isVisible();
        AccessibilityCheck.at(visitor, "flow-without-server");
        visitor.page().unroute("**/api/**");
        visitor.seeHeading("Do you want to receive events?");
        visitor.button("Skip this").click();
        visitor.seeHeading("How many minutes did it take?");
        visitor.write("9.5");
        visitor.continueToNextStep();
        visitor.seeHeading("That's everything we need.");
        AccessibilityCheck.at(visitor, "flow-ready");
    }

    @Test
    void everyControlIsAccessible(Visits visits) {
        Visitor visitor = visits.visitor(AccessibilityCheck.desktop());
        visitor.openFlow("kinds");
        visitor.field("No").check();
        visitor.field("Name").fill("A");
        visitor.continueToNextStep();
        assertThat(visitor.field("Name")).isFocused();
        AccessibilityCheck.at(visitor, "flow-every-kind-refused");
    }

    @Test
    void finalAnswersAreAccessible(Visits visits) {
        Visitor visitor = visits.visitor(AccessibilityCheck.desktop());
        visitor.openFlow("stones");
        visitor.write("Slowly and well");
        visitor.continueToNextStep();
        visitor.seeHeading("What matters to you?");
        visitor.button("Back to: What do you live by?").click();
        visitor.seeHeading("What do you live by?");
        AccessibilityCheck.at(visitor, "flow-stands");
        visitor.continueToNextStep();
        visitor.write("To leave every place calmer than I found it.");
        visitor.continueToNextStep();
        visitor.seeCelebrated("To leave every place calmer");
        AccessibilityCheck.at(visitor, "flow-celebration");
        visitor.continueToNextStep();
        visitor.seeHeading("Which colour is it?");
        visitor.write("Sand");
        visitor.continueToNextStep();
        visitor.seeHeading("Thank you. Both answers are saved.");
        AccessibilityCheck.at(visitor, "flow-finished-with-studio");
    }
}
