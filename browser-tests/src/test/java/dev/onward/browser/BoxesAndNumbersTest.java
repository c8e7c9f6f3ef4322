package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import dev.onward.browser.BrowserEnvironment.Visits;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Check boxes that are not ticked, and ambiguous numbers. */
@ExtendWith(BrowserEnvironment.class)
class BoxesAndNumbersTest {
    private static final String FLOW = "consents";

    private static final List<Map.Entry<String, String>> NOTATIONS = List.of(
            entry("1250", "1250"),
            entry("1.250", "1.25"),
            entry("0,125", "0.125"),
            entry("2,5", "2.5"),
            entry("1,250.50", "1250.5"),
            entry("1.250,50", "1250.5"),
            entry("1,250,000", "1250000"),
            entry("1.250.000", "1250000"),
            entry("1 250", "1250"),
            entry("1'250", "1250"),
            entry("-3", "-3"),
            entry(".5", "0.5"),
            entry("0.0000001", "1e-7"));

    @Test
    void anOptionalBoxIsLeftOutAndARequiredOneIsFalse(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        visitor.field("I accept the terms").check();
        visitor.continueToNextStep();
        visitor.seeHeading("How many people");
        assertThat(visitor.answers(FLOW)).isEqualTo("{\"boxes\":{\"terms\":true,\"letters\":false}}");
    }

    @Test
    void aTickedBoxCanBeUnticked(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        visitor.field("I accept the terms").check();
        visitor.field("Write to me").check();
        visitor.continueToNextStep();
        visitor.seeHeading("How many people");
        assertThat(visitor.answers(FLOW)).contains("\"news\":true");
        visitor.button("Back to: Your consent").click();
        visitor.field("Write to me").uncheck();
        visitor.continueToNextStep();
        visitor.seeHeading("How many people");
        assertThat(visitor.answers(FLOW)).doesNotContain("news");
    }

    @Test
    void onlyTheBoxThatMustBeTickedHasAnError(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openFlow(FLOW);
        assertThat(label(visitor, "I accept the terms")).containsText("required");
        assertThat(label(visitor, "Write to me")).not().containsText("required");
        visitor.continueToNextStep();
        assertThat(errorMessages(visitor)).hasText("must be ticked to continue");
        assertThat(visitor.field("I accept the terms")).isFocused();
        assertThat(visitor.field("I accept the terms")).hasAttribute("aria-invalid", "true");
        assertThat(visitor.field("Write to me")).not().hasAttribute("aria-invalid", "true");
    }

    @Test
    void acceptsAnUnambiguousNumberInEveryNotation(Visits visits) {
        Visitor visitor = atThePrice(visits.visitor());
        for (var notation : NOTATIONS) {
            String written = notation.getKey();
            visitor.write(written);
            visitor.continueToNextStep();
            visitor.seeHeading("That's everything we need.");
            assertThat(visitor.answers(FLOW)).as(written).endsWith("\"price\":" + notation.getValue() + "}");
            visitor.button("Change: What does it cost").click();
            visitor.seeHeading("What does it cost");
        }
    }

    @Test
    void rejectsAnAmbiguousNumberAndKeepsTheText(Visits visits) {
        Visitor visitor = atThePrice(visits.visitor());
        visitor.write("1,250");
        visitor.continueToNextStep();
        assertThat(errorMessages(visitor)).hasText("is ambiguous. Enter 1250 or 1.25.");
        assertThat(visitor.answer()).hasValue("1,250");
        assertThat(visitor.answer()).isFocused();
        assertThat(visitor.answers(FLOW)).doesNotContain("price");
        visitor.write("1.25");
        visitor.continueToNextStep();
        visitor.seeHeading("That's everything we need.");
    }

    @Test
    void rejectsAnAmbiguousWholeNumber(Visits visits) {
        Visitor visitor = atThePeople(visits.visitor());
        visitor.write("1,250");
        visitor.continueToNextStep();
        assertThat(errorMessages(visitor)).hasText("is ambiguous. Did you mean 1250? Enter it without separators.");
        visitor.write("some");
        visitor.continueToNextStep();
        assertThat(errorMessages(visitor)).hasText("must be a whole number");
    }

    @Test
    void rejectsAPointIfTheLocaleGroupsWithIt(Visits visits) {
        Visitor german = visits.visitor(
                new Browser.NewContextOptions().setLocale("de-DE").setReducedMotion(ReducedMotion.REDUCE));
        atThePrice(german);
        german.write("12.345");
        german.continueToNextStep();
        assertThat(errorMessages(german)).hasText("is ambiguous. Enter 12345 or 12.3450.");
        german.write("12.3450");
        german.continueToNextStep();
        german.seeHeading("That's everything we need.");
        assertThat(german.answers(FLOW)).endsWith("\"price\":12.345}");
    }

    @Test
    void rejectsANumberThatWouldLoseDigits(Visits visits) {
        Visitor visitor = atThePeople(visits.visitor());
        visitor.write("12345678901234567890");
        visitor.continueToNextStep();
        assertThat(errorMessages(visitor)).hasText("has too many digits: enter at most 15");
        assertThat(visitor.answer()).hasValue("12345678901234567890");
    }

    @Test
    void anAnswerKeepsAllItsDigits(Visits visits) {
        Visitor visitor = atThePrice(visits.visitor());
        visitor.write("2.71828");
        visitor.continueToNextStep();
        assertThat(visitor.page().getByText("2.71828", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        visitor.button("Change: What does it cost").click();
        assertThat(visitor.answer()).hasValue("2.71828");
        visitor.write("0.0000001");
        visitor.continueToNextStep();
        visitor.seeHeading("That's everything we need.");
        visitor.button("Change: What does it cost").click();
        assertThat(visitor.answer()).hasValue("0.0000001");
        visitor.continueToNextStep();
        visitor.seeHeading("That's everything we need.");
    }

    private static Visitor atThePeople(Visitor visitor) {
        visitor.openFlow(FLOW);
        visitor.field("I accept the terms").check();
        visitor.continueToNextStep();
        visitor.seeHeading("How many people");
        return visitor;
    }

    private static Visitor atThePrice(Visitor visitor) {
        atThePeople(visitor);
        visitor.write("1250");
        visitor.continueToNextStep();
        visitor.seeHeading("What does it cost");
        return visitor;
    }

    private static Locator label(Visitor visitor, String words) {
        return visitor.page().locator("label", new Page.LocatorOptions().setHasText(words));
    }

    private static Locator errorMessages(Visitor visitor) {
        return visitor.page()
                .getByRole(AriaRole.ALERT)
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("\\S")));
    }
}
