package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.onward.browser.BrowserEnvironment.Visits;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example flow with branches, `team-setup`, with the keyboard only. */
@ExtendWith(BrowserEnvironment.class)
class BranchingFlowTest {
    private static final String FLOW = "team-setup";

    @Test
    void aLeadSeesTheStepsOfALead(Visits visits) {
        Visitor visitor = visits.visitor();
        answerAsLeadOf("12", visitor);

        visitor.seeHeading("Who should join you?");
        visitor.type("ada@example.com");
        visitor.press("Enter");
        visitor.type("grace@example.com");
        visitor.press("Control+Enter");
        visitor.seeHeading("Is there anything else we should know?");
        visitor.press("Tab", "Tab");
        assertThat(visitor.button("Skip this")).isFocused();
        visitor.press("Enter");

        visitor.seeHeading("Your workspace is ready.");
        assertThat(visitor.heading()).isFocused();
        assertThat(visitor.answers(FLOW)).isEqualTo("""
                        {"workspace":"Harbour Lane Bakery","role":"lead","team_size":12,"goals":["plan","customers"],\
                        "moving":true,"source":{"tool":"Notion","address":"https://notion.example.com","archived":true},\
                        "start_date":"2027-09-01","invitations":["ada@example.com","grace@example.com"]}""");
    }

    @Test
    void goesBackStepByStepToEveryAnswer(Visits visits) {
        Visitor visitor = visits.visitor();
        answerAsLeadOf("12", visitor);
        visitor.seeHeading("Who should join you?");
        back(visitor, "When does your team start?");
        assertThat(visitor.field("Day")).hasValue("1");
        assertThat(visitor.field("Month")).hasValue("09");
        assertThat(visitor.field("Year")).hasValue("2027");
        back(visitor, "Where is your data today?");
        assertThat(visitor.field("Tool")).hasValue("\"Notion\"");
        assertThat(visitor.field("Address")).hasValue("https://notion.example.com");
        assertThat(visitor.field("Import finished work")).isChecked();
        back(visitor, "Do you want to import data from another tool?");
        assertThat(visitor.field("Yes")).isChecked();
        back(visitor, "What do you want to get done first?");
        assertThat(visitor.field("Plan our work")).isChecked();
        assertThat(visitor.field("Share documents")).not().isChecked();
        assertThat(visitor.field("Look after customers")).isChecked();
        back(visitor, "How many people are in your team?");
        assertThat(visitor.answer()).hasValue("12");
        back(visitor, "What brings you here?");
        assertThat(visitor.field("I'm setting this up for a team")).isChecked();
        back(visitor, "What should we call your workspace?");
        assertThat(visitor.answer()).hasValue("Harbour Lane Bakery");
        back(visitor, "Let's set up your workspace.");

        visitor.press("Tab");
        assertThat(visitor.button("Begin")).isFocused();
        visitor.press("Enter");
        visitor.seeHeading("Who should join you?");
    }

    @Test
    void anotherAnswerOpensAnotherBranch(Visits visits) {
        Visitor visitor = visits.visitor();
        answerAsLeadOf("12", visitor);
        visitor.seeHeading("Who should join you?");

        chooseInTrail(visitor, "How many people are in your team?");
        assertThat(visitor.answer()).isFocused();
        visitor.press("Control+A");
        visitor.type("120");
        visitor.press("Enter");

        visitor.seeHeading("Who should we call?");
        visitor.press("Tab");
        visitor.type("Ada");
        visitor.press("Tab");
        visitor.type("ada@example.com");
        visitor.press("Enter");
        visitor.seeHeading("Who should join you?");
        assertThat(visitor.answers(FLOW))
                .contains("\"team_size\":120")
                .contains("\"contact\":{\"name\":\"Ada\",\"email\":\"ada@example.com\"}");
    }

    @Test
    void answersOfAHiddenBranchDoNotCountAndReturnWithIt(Visits visits) {
        Visitor visitor = visits.visitor();
        answerAsLeadOf("12", visitor);
        visitor.seeHeading("Who should join you?");

        chooseInTrail(visitor, "What brings you here?");
        visitor.press("Tab");
        assertThat(visitor.field("I'm setting this up for a team")).isFocused();
        visitor.press("ArrowDown", "Enter");
        visitor.seeHeading("Is there anything else we should know?");
        assertThat(visitor.answers(FLOW)).isEqualTo("""
                        {"workspace":"Harbour Lane Bakery","role":"member","goals":["plan","customers"]}""");
        assertThat(visitor.page().getByText("Step 5 of 5")).isVisible();

        back(visitor, "What do you want to get done first?");
        back(visitor, "What brings you here?");
        visitor.press("Tab", "ArrowUp", "Enter");
        visitor.seeHeading("Who should join you?");
        assertThat(visitor.answers(FLOW)).contains("\"team_size\":12", "\"start_date\":\"2027-09-01\"");
    }

    @Test
    void everyAnswerCanBeChangedAtTheEnd(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        begin(visitor);
        visitor.press("Tab", "ArrowDown", "Enter");
        chooseGoals(visitor);
        visitor.seeHeading("Is there anything else we should know?");
        visitor.type("Nothing.");
        visitor.press("Control+Enter");
        visitor.seeHeading("Your workspace is ready.");

        visitor.press("Tab");
        assertThat(visitor.button("Change: What should we call your workspace?"))
                .isFocused();
        visitor.press("Enter");
        visitor.seeHeading("What should we call your workspace?");
        visitor.press("Control+A");
        visitor.type("The Corner Bakery");
        visitor.press("Enter");
        visitor.seeHeading("Your workspace is ready.");
        assertThat(visitor.page().getByText("The Corner Bakery")).isVisible();
        assertThat(visitor.answers(FLOW)).contains("The Corner Bakery");
    }

    @Test
    void theBrowsersBackAndForwardMoveBetweenSteps(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        begin(visitor);
        visitor.page().goBack();
        visitor.seeHeading("What should we call your workspace?");
        assertThat(visitor.answer()).hasValue("Harbour Lane Bakery");
        visitor.page().goForward();
        visitor.seeHeading("What brings you here?");
        visitor.page().goBack();
        visitor.page().goBack();
        visitor.seeHeading("Let's set up your workspace.");
        visitor.page().reload();
        visitor.seeHeading("Let's set up your workspace.");
        Page later = visitor.newTab();
        later.navigate(visitor.page().url());
        assertThat(later.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("What brings you here?");
    }

    @Test
    void aLinkWithinThePageStaysAtTheStep(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        begin(visitor);
        back(visitor, "What should we call your workspace?");
        visitor.page().getByText("Skip to the question").focus();
        visitor.press("Enter");
        assertThat(visitor.page()).hasURL(Pattern.compile("#main$"));
        visitor.seeHeading("What should we call your workspace?");
        visitor.page().goBack();
        visitor.seeHeading("What should we call your workspace?");
    }

    private static void answerAsLeadOf(String size, Visitor visitor) {
        visitor.openFlow(FLOW);
        begin(visitor);
        visitor.press("Tab", "Space", "Enter");
        visitor.seeHeading("How many people are in your team?");
        visitor.type(size);
        visitor.press("Enter");
        chooseGoals(visitor);
        visitor.seeHeading("Do you want to import data from another tool?");
        visitor.press("Tab", "Space", "Enter");
        visitor.seeHeading("Where is your data today?");
        visitor.press("Tab");
        visitor.type("N");
        visitor.press("Tab");
        visitor.type("https://notion.example.com");
        visitor.press("Enter");
        visitor.seeHeading("When does your team start?");
        visitor.press("Tab");
        visitor.type("Sep");
        visitor.press("Tab");
        visitor.type("1");
        visitor.press("Tab");
        visitor.type("2027");
        visitor.press("Enter");
    }

    private static void begin(Visitor visitor) {
        visitor.seeHeading("Let's set up your workspace.");
        visitor.press("Tab", "Enter");
        visitor.seeHeading("What should we call your workspace?");
        assertThat(visitor.answer()).isFocused();
        visitor.type("Harbour Lane Bakery");
        visitor.press("Enter");
        visitor.seeHeading("What brings you here?");
        assertThat(visitor.heading()).isFocused();
    }

    private static void chooseGoals(Visitor visitor) {
        visitor.seeHeading("What do you want to get done first?");
        visitor.press("Tab", "Space", "Tab", "Tab", "Space", "Enter");
    }

    /** Moves to the link back from the focus after a step is drawn, which is right behind it. */
    private static void back(Visitor visitor, String title) {
        visitor.press("Shift+Tab");
        assertThat(visitor.button("Back to: " + title)).isFocused();
        visitor.press("Enter");
        visitor.seeHeading(title);
    }

    /** Chooses a step in the list, which follows the link back. */
    private static void chooseInTrail(Visitor visitor, String title) {
        visitor.press("Shift+Tab", "Shift+Tab", "Enter");
        Page page = visitor.page();
        var item = page.getByRole(AriaRole.LISTITEM).getByRole(AriaRole.BUTTON);
        for (int i = 0; i <= item.count(); i++) {
            visitor.press("Tab");
            if (title.equals(page.evaluate("() => document.activeElement.textContent"))) {
                visitor.press("Enter");
                break;
            }
        }
        visitor.seeHeading(title);
    }
}
