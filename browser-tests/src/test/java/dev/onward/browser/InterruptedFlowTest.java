package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.onward.browser.BrowserEnvironment.Visits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Interruptions while a user goes through a flow: no answer and no draft is lost. */
@ExtendWith(BrowserEnvironment.class)
class InterruptedFlowTest {

    @Test
    void aSessionCanBeDismissedAndReopened(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.write("Harbour Lane");
        visitor.button("Not now").click();
        visitor.seeHeading("Saved for later.");

        visitor.openFlow("team-setup");
        visitor.seeHeading("Saved for later.");
        visitor.button("Continue where I left off").click();
        visitor.seeHeading("What should we call your workspace?");
        assertThat(visitor.answer()).hasValue("Harbour Lane");
        visitor.continueToNextStep();
        visitor.seeHeading("What brings you here?");
    }

    @Test
    void aFlowThatCompletesByACallWaitsForIt(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("developer-quickstart");
        visitor.field("Java").check();
        visitor.continueToNextStep();
        visitor.button("I have it").click();
        assertThat(visitor.page().getByText("curl https://api.example.com/v1/hello"))
                .isVisible();
        visitor.button("I sent it").click();
        visitor.write("req_8f14e45fce");
        visitor.continueToNextStep();
        visitor.button("Skip this").click();
        visitor.seeHeading("How many minutes did it take?");
        visitor.button("Skip this").click();

        visitor.seeHeading("That's everything we need.");
        assertThat(visitor.page().getByText("Skipped", new Page.GetByTextOptions().setExact(true)))
                .hasCount(2);
        visitor.button("Change: Which request id did you get?").click();
        visitor.seeHeading("Which request id did you get?");
        assertThat(visitor.answer()).hasValue("req_8f14e45fce");
        visitor.continueToNextStep();
        visitor.button("Finish").click();
        visitor.seeHeading("You're connected. Explore the rest of the documentation.");

        visitor.openFlow("developer-quickstart");
        visitor.seeHeading("You're connected. Explore the rest of the documentation.");
        assertThat(visitor.button("Finish")).hasCount(0);
    }

    @Test
    void followsToTheSuccessorSession(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.seeHeading("What should we call your workspace?");
        String session = visitor.cookie().value;
        new Operator(visits.server()).restart(session);

        visitor.write("Harbour Lane Bakery");
        visitor.continueToNextStep();
        visitor.seeHeading("Let's set up your workspace.");
        assertThat(visitor.page().getByText("is saved on this device")).isVisible();
        assertThat(visitor.cookie().value).isNotEqualTo(session);
        visitor.button("Begin").click();
        assertThat(visitor.answer()).hasValue("Harbour Lane Bakery");
        visitor.continueToNextStep();
        visitor.seeHeading("What brings you here?");
    }

    @Test
    void repeatsTheAnswersOfADeletedSessionInANewOne(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.write("Harbour Lane Bakery");
        visitor.continueToNextStep();
        visitor.field("I work on my own").check();
        visitor.continueToNextStep();
        visitor.field("Plan our work").check();
        visitor.continueToNextStep();
        visitor.seeHeading("Do you want to import data from another tool?");
        String session = visitor.cookie().value;
        new Operator(visits.server()).deleteSession(session);

        visitor.field("No").check();
        visitor.continueToNextStep();
        visitor.seeHeading("Is there anything else we should know?");
        assertThat(visitor.page().getByText("Everything you wrote is still here."))
                .isVisible();
        assertThat(visitor.cookie().value).isNotEqualTo(session);
        assertThat(visitor.answers("team-setup")).isEqualTo("""
                        {"workspace":"Harbour Lane Bakery","role":"alone","goals":["plan"],"moving":false}""");
    }

    @Test
    void continuesRepeatingAnswersAfterAnOutage(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.write("Harbour Lane Bakery");
        visitor.continueToNextStep();
        visitor.field("I'm joining a team").check();
        visitor.continueToNextStep();
        visitor.seeHeading("What do you want to get done first?");
        new Operator(visits.server()).deleteSession(visitor.cookie().value);
        visitor.page().route("**/steps/role*", route -> route.abort());

        visitor.field("Share reports").check();
        visitor.continueToNextStep();
        assertThat(visitor.button("Try now")).isVisible();
        visitor.page().unroute("**/steps/role*");
        visitor.seeHeading("Is there anything else we should know?");
        assertThat(visitor.answers("team-setup")).isEqualTo("""
                        {"workspace":"Harbour Lane Bakery","role":"member","goals":["report"]}""");
    }

    @Test
    void doesNotOverwriteAnUnseenAnswer(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.write("From the first tab");
        Page other = visitor.newTab();
        other.navigate(visitor.page().url());
        other.getByRole(AriaRole.TEXTBOX).fill("From the other tab");
        other.getByText("Continue").click();
        assertThat(other.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("What brings you here?");

        visitor.continueToNextStep();
        assertThat(visitor.page().getByText("You answered this in another tab or on another device:"))
                .isVisible();
        assertThat(visitor.page().getByText("From the other tab")).isVisible();
        assertThat(visitor.answer()).hasValue("From the first tab");
        visitor.continueToNextStep();
        visitor.seeHeading("What brings you here?");
        assertThat(visitor.answers("team-setup")).contains("From the first tab");
    }

    @Test
    void changesToOtherStepsDoNotInterfere(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.write("Harbour Lane Bakery");
        visitor.continueToNextStep();
        visitor.field("I'm joining a team").check();
        visitor.page().evaluate("""
                () => fetch("/api/onboarding/sessions/current/steps/workspace?flow=team-setup", {
                    method: "POST", headers: {"Content-Type": "application/json"}, body: '"Renamed elsewhere"',
                })
                """);
        visitor.continueToNextStep();
        visitor.seeHeading("What do you want to get done first?");
        assertThat(visitor.answers("team-setup")).isEqualTo("""
                        {"workspace":"Renamed elsewhere","role":"member"}""");
    }

    @Test
    void followsAChangeInAnotherTab(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.seeHeading("What should we call your workspace?");
        visitor.page().evaluate("""
                () => fetch("/api/onboarding/sessions/current/steps/workspace?flow=team-setup", {
                    method: "POST", headers: {"Content-Type": "application/json"}, body: '"Answered elsewhere"',
                })
                """);
        visitor.page().evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
        visitor.seeHeading("What brings you here?");
    }

    @Test
    void showsAFinalAnswerAndKeepsTheDraft(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("stones");
        visitor.write("Slowly and well");
        visitor.page().evaluate("""
                () => fetch("/api/onboarding/sessions/current/steps/motto?flow=stones", {
                    method: "POST", headers: {"Content-Type": "application/json"}, body: '"Fast and far"',
                })
                """);
        visitor.continueToNextStep();
        visitor.seeHeading("What do you live by?");
        assertThat(visitor.page().getByText("Fast and far")).isVisible();
        assertThat(visitor.page().getByText("Slowly and well")).isVisible();
        visitor.continueToNextStep();
        visitor.seeHeading("What matters to you?");
    }

    @Test
    void celebratesADeclarationInTheMiddleAndContinues(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("stones");
        visitor.write("Slowly and well");
        visitor.continueToNextStep();
        visitor.seeHeading("What matters to you?");
        visitor.write("To leave every place calmer.");
        visitor.continueToNextStep();
        visitor.seeCelebrated("To leave every place calmer.");
        visitor.continueToNextStep();
        visitor.seeHeading("Which colour is it?");
        visitor.button("Back to: What matters to you?").click();
        visitor.seeHeading("Your first declaration is saved.");
        visitor.continueToNextStep();
        visitor.seeHeading("Which colour is it?");
        visitor.write("Sand");
        visitor.continueToNextStep();
        visitor.seeHeading("Thank you. Both answers are saved.");
        visitor.enterStudio().click();
        visitor.seeHeading("To leave every place calmer.");
        assertThat(visitor.page().getByText("Thank you. Both answers are saved."))
                .isVisible();

        visitor.openFlow("stones");
        visitor.seeHeading("You've already finished.");
    }

    @Test
    void keepsTheAnswerDuringAnOutageAndSubmitsIt(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.write("Harbour Lane Bakery");
        visitor.continueToNextStep();
        visitor.field("I work on my own").check();
        visitor.page().route("**/api/**", route -> route.abort());
        visitor.continueToNextStep();
        assertThat(visitor.button("Try now")).isVisible();
        assertThat(visitor.field("I work on my own")).isChecked();
        visitor.page().unroute("**/api/**");
        visitor.seeHeading("What do you want to get done first?");
    }

    @Test
    void explainsAnUnknownFlowInPlainWords(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("no-such-flow");
        visitor.seeHeading("We can't find this page.");
        assertThat(visitor.page().locator("main")).containsText("Check the address");
        assertThat(visitor.page().locator("main")).not().containsText("flow");
    }

    @Test
    void keepsNoSessionIdWhereScriptsCanReadIt(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow("team-setup");
        visitor.button("Begin").click();
        visitor.write("Harbour Lane Bakery");
        visitor.continueToNextStep();
        visitor.seeHeading("What brings you here?");
        Object stored = visitor.page().evaluate("""
                () => JSON.stringify([
                    location.href, history.state, document.cookie, document.body.outerHTML, {...localStorage},
                    {...sessionStorage}, performance.getEntriesByType("resource").map((entry) => entry.name),
                ])
                """);
        assertThat(stored.toString())
                .doesNotContain(visitor.cookie().value)
                .contains("steps/workspace?flow=team-setup");
    }
}
