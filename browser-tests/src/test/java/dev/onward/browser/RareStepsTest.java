package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import dev.onward.browser.BrowserEnvironment.Visits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rare steps: each of their buttons works. */
@ExtendWith(BrowserEnvironment.class)
class RareStepsTest {

    @Test
    void aStepReadElsewhereIsShownAsFinal(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("corners");
        visitor.seeHeading("Read this once.");
        visitor.page().evaluate("""
                () => fetch("/api/onboarding/sessions/current/steps/notice?flow=corners", {method: "POST"})
                """);
        visitor.button("I have read it").click();
        assertThat(visitor.page().getByText("You've already done this step")).isVisible();
        visitor.continueToNextStep();
        visitor.seeHeading("What do you believe?");
    }

    @Test
    void rejectsAnEmptyDeclarationAndAcceptsAText(Visits visits) {
        Visitor visitor = atTheBelief(visits.visitor());
        visitor.continueToNextStep();
        assertThat(visitor.answer()).hasAttribute("aria-invalid", "true");
        assertThat(visitor.answer()).isFocused();
        visitor.write("That small steps count.");
        visitor.continueToNextStep();
        visitor.seeHeading("Your first declaration is saved.");
    }

    @Test
    void namesAnErrorWithoutAField(Visits visits) {
        Visitor visitor = atTheBelief(visits.visitor());
        visitor.write("That small steps count.");
        visitor.continueToNextStep();
        visitor.seeHeading("Your first declaration is saved.");
        visitor.continueToNextStep();
        visitor.seeHeading("Which room?");
        visitor.continueToNextStep();
        assertThat(visitor.page().getByRole(AriaRole.ALERT).getByText("floor is missing"))
                .isVisible();
    }

    @Test
    void eachBrokenRuleIsALine(Visits visits) {
        Visitor visitor = atTheBelief(visits.visitor());
        visitor.write("That small steps count.");
        visitor.continueToNextStep();
        visitor.seeHeading("Your first declaration is saved.");
        visitor.continueToNextStep();
        visitor.seeHeading("Which room?");
        visitor.field("side").fill("n");
        visitor.continueToNextStep();
        assertThat(visitor.page().getByRole(AriaRole.ALERT).locator("p"))
                .containsText(new String[] {"must have at least 2 characters", "does not have the required format"});
    }

    private static Visitor atTheBelief(Visitor visitor) {
        visitor.openFlow("corners");
        visitor.button("I have read it").click();
        visitor.seeHeading("What do you believe?");
        return visitor;
    }
}
