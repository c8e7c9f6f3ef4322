package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import dev.onward.browser.BrowserEnvironment.Visits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every kind of control: the value that it sends, the server's errors beside it, and its draft. */
@ExtendWith(BrowserEnvironment.class)
class ControlsTest {
    private static final String FLOW = "kinds";

    @Test
    void everyControlSendsItsValue(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        visitor.button("Skip this").click();
        write(visitor, "A line", "Two words");
        write(visitor, "Some prose", "One\nTwo");
        write(visitor, "A whole number", "1204");
        write(visitor, "A fraction", "2.50");
        visitor.seeHeading("A day");
        visitor.field("Day").fill("9");
        visitor.field("Month").selectOption(new SelectOption().setLabel("February"));
        visitor.field("Year").fill("2028");
        visitor.continueToNextStep();
        visitor.seeHeading("A colour");
        visitor.field("Green").check();
        visitor.continueToNextStep();
        visitor.seeHeading("A country");
        visitor.page().locator("select").selectOption("Ghana");
        visitor.continueToNextStep();
        visitor.seeHeading("Some days");
        visitor.field("Monday").check();
        visitor.field("Wednesday").check();
        visitor.continueToNextStep();
        visitor.seeHeading("Yes or no");
        visitor.field("No").check();
        visitor.continueToNextStep();
        visitor.seeHeading("The terms");
        visitor.field("I accept them").check();
        visitor.continueToNextStep();
        write(visitor, "Some addresses", "ada@example.com\n\n grace@example.com ");
        visitor.seeHeading("Something nested");
        assertThat(visitor.page().getByText("This page has no form for this answer. Enter it as JSON."))
                .isVisible();
        write(visitor, "Something nested", "{\"monday\": {\"from\": 9}}");

        visitor.seeHeading("That's everything we need.");
        assertThat(visitor.answers(FLOW)).isEqualTo("""
                        {"line":"Two words","prose":"One\\nTwo","whole":1204,"fraction":2.5,"day":"2028-02-09",\
                        "colour":"#0a0","country":"Ghana","days":["Monday","Wednesday"],"agreed":false,"terms":true,\
                        "people":["ada@example.com","grace@example.com"],"nested":{"monday":{"from":9}}}""");
        for (String announcement :
                List.of("Two words", "1,204", "February 9, 2028", "Green", "Ghana", "Monday, Wednesday")) {
            assertThat(visitor.page().getByText(announcement, new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
        }
    }

    @Test
    void aDateHasTheOrderOfTheLocale(Visits visits) {
        Visitor american = visits.visitor();
        american.openFlow(FLOW);
        assertThat(american.page().locator(".date label")).hasText(new String[] {"Month", "Day", "Year"});
        Visitor british = visits.visitor(new Browser.NewContextOptions().setLocale("en-GB"));
        british.openFlow(FLOW);
        assertThat(british.page().locator(".date label")).hasText(new String[] {"Day", "Month", "Year"});
    }

    @Test
    void aFormSendsAnObjectWithoutEmptyFields(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        visitor.field("Name").fill("Ada");
        visitor.field("Day").fill("1");
        visitor.field("Month").selectOption("12");
        visitor.field("Year").fill("2027");
        visitor.field("Professional").check();
        visitor.field("Yes").check();
        visitor.button("Clear").click();
        visitor.field("Art").check();
        visitor.field("Books").check();
        visitor.field("I accept the terms").check();
        visitor.continueToNextStep();
        visitor.seeHeading("A line");
        assertThat(visitor.answers(FLOW)).isEqualTo("""
                        {"everything":{"name":"Ada","day":"2027-12-01","plan":"pro","topics":["Art","Books"],"terms":true}}""");
    }

    @Test
    void marksRequiredFieldsAndChoosesTheKeyboard(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        assertThat(visitor.field("Name")).hasAttribute("aria-required", "true");
        assertThat(visitor.page().locator("label", labelled("Name"))).containsText("required");
        assertThat(visitor.field("E-mail")).hasAttribute("type", "email");
        assertThat(visitor.page().locator("label", labelled("E-mail"))).not().containsText("required");
        assertThat(visitor.field("seats")).hasCount(0);
        assertThat(visitor.field("Seats")).hasAttribute("inputmode", "numeric");
        assertThat(visitor.field("Country").locator("option")).hasCount(9);
    }

    @Test
    void explainsADateThatIsIncompleteOrDoesNotExist(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        visitor.field("Day").fill("31");
        visitor.continueToNextStep();
        assertThat(visitor.page().getByText("enter the month and the year")).isVisible();
        visitor.field("Month").selectOption("02");
        visitor.field("Year").fill("28");
        visitor.continueToNextStep();
        assertThat(visitor.page().getByText("enter the year with four digits")).isVisible();
        visitor.field("Year").fill("2028");
        visitor.continueToNextStep();
        assertThat(visitor.page().getByText("February 2028 has 29 days")).isVisible();
    }

    @Test
    void showsTheServersErrorsBesideTheirFields(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        visitor.field("Name").fill("A");
        visitor.field("E-mail").fill("ada");
        visitor.field("Seats").fill("none");
        visitor.field("Day").fill("30");
        visitor.field("Month").selectOption("02");
        visitor.field("Year").fill("2027");
        visitor.field("Art").check();
        visitor.field("Who else?").fill("ada@example.com\ngrace");
        visitor.field("Opening hours").fill("{");
        visitor.continueToNextStep();
        assertThat(visitor.field("Name")).isFocused();

        Object error = visitor.page().evaluate("""
                async () => {
                    const answer = {
                        name: "A", email: "ada", seats: "none", day: "2027-02-30", topics: ["Art"],
                        people: ["ada@example.com", "grace"], hours: "{",
                    };
                    const response = await fetch("/api/onboarding/sessions/current/steps/everything?flow=kinds", {
                        method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(answer),
                    });
                    const {errors} = await response.json();
                    const said = {};
                    const entries = {"/people/1": ": “grace”"};
                    errors.forEach(({pointer, detail}) =>
                        said[pointer.split("/")[1]] = detail + (entries[pointer] ?? ""));
                    said.day = "February 2027 has 28 days";
                    return Object.entries(said).map(([name, detail]) => `${name}: ${detail}`).sort().join("\\n");
                }
                """);
        Object shown = visitor.page().evaluate("""
                () => [...document.querySelectorAll("[role=alert]")].filter((refusal) => refusal.textContent !== "")
                    .map((refusal) => `${refusal.parentElement.querySelector("[name]")?.name ?? "day"}: ${refusal.textContent}`)
                    .sort().join("\\n")
                """);
        assertThat(shown).isEqualTo(error);
        assertThat(error.toString().lines())
                .hasSize(8)
                .contains("plan: is missing", "name: must have at least 2 characters");
        assertThat(visitor.field("E-mail")).hasAttribute("aria-invalid", "true");
        assertThat(visitor.page().locator("[role=radiogroup]").first()).hasAttribute("aria-invalid", "true");

        visitor.field("Name").fill("Ada");
        assertThat(visitor.field("Name")).not().hasAttribute("aria-invalid", "true");
        assertThat(visitor.field("E-mail")).hasAttribute("aria-invalid", "true");
    }

    @Test
    void draftsOfEveryKindSurviveARestartOfTheBrowser(Visits visits) {
        Path profile = visits.profile();
        Visitor before = visits.visitorWithProfile(profile);
        before.openFlow(FLOW);
        before.field("Name").fill("A");
        before.field("E-mail").fill("ada@");
        before.field("About you").fill("Half a sen");
        before.field("Seats").fill("1e");
        before.field("Month").selectOption("02");
        before.field("Year").fill("20");
        before.field("Free").check();
        before.field("Country").selectOption("Chile");
        before.field("Chess").check();
        before.field("No").check();
        before.field("Who else?").fill("grace@\n");
        before.field("Opening hours").fill("{\"mon");
        before.field("I accept the terms").check();
        before.awaitDraft();
        before.close();

        Visitor after = visits.visitorWithProfile(profile);
        after.openFlow(FLOW);
        assertThat(after.page().getByText("Welcome back.")).isVisible();
        assertThat(after.field("Name")).hasValue("A");
        assertThat(after.field("E-mail")).hasValue("ada@");
        assertThat(after.field("About you")).hasValue("Half a sen");
        assertThat(after.field("Seats")).hasValue("1e");
        assertThat(after.field("Day")).hasValue("");
        assertThat(after.field("Month")).hasValue("02");
        assertThat(after.field("Year")).hasValue("20");
        assertThat(after.field("Free")).isChecked();
        assertThat(after.field("Country")).hasValue("\"Chile\"");
        assertThat(after.field("Chess")).isChecked();
        assertThat(after.field("Art")).not().isChecked();
        assertThat(after.field("No")).isChecked();
        assertThat(after.field("Who else?")).hasValue("grace@\n");
        assertThat(after.field("Opening hours")).hasValue("{\"mon");
        assertThat(after.field("I accept the terms")).isChecked();
    }

    @Test
    void deletesADraftWhenItsAnswerIsStored(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        visitor.button("Skip this").click();
        visitor.seeHeading("A line");
        visitor.write("Two words");
        assertThat(drafts(visitor)).contains("Two words");
        visitor.continueToNextStep();
        visitor.seeHeading("Some prose");
        assertThat(drafts(visitor)).doesNotContain("Two words");
    }

    @Test
    void titlesAndDescriptionsAreTextAndUnknownHintsAreIgnored(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        visitor.seeHeading("All at once");
        Locator about = visitor.page().locator("#about");
        assertThat(about).hasText("Two lines of text. This is the second.");
        assertThat(about).hasCSS("white-space-collapse", "preserve-breaks");
    }

    private static void write(Visitor visitor, String question, String text) {
        visitor.seeHeading(question);
        visitor.answer().fill(text);
        visitor.continueToNextStep();
    }

    private static String drafts(Visitor visitor) {
        return (String) visitor.page().evaluate("() => JSON.stringify({...localStorage})");
    }

    private static Page.LocatorOptions labelled(String words) {
        return new Page.LocatorOptions().setHasText(words);
    }
}
