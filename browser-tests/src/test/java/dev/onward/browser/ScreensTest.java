package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import dev.onward.browser.BrowserEnvironment.Visits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each screen in light and dark colors, on a phone and on a desktop: no accessibility violations, no horizontal
 * scrolling. With {@code -Donward.long=true}, writes screenshots to target/screenshots.
 */
@ExtendWith(BrowserEnvironment.class)
class ScreensTest {

    @Test
    void theFirstVisitOfTheStartPageLogsNoError(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.open("/");
        assertThat(visitor.page().locator("#state")).hasText("Ready");
        assertThat(visitor.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/onboarding", "/onboarding?flow=kinds", "/studio", "/docs"})
    void theFirstVisitOfAPageLogsNoError(String path, Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.open(path);
        visitor.page().waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(visitor.heading().first()).isVisible();
        assertThat(visitor.page().locator("main")).not().hasAttribute("aria-busy", "true");
        assertThat(visitor.errors()).isEmpty();
    }

    @Test
    void theOnboardingIsAccessible(Visits visits) {
        Visitor visitor = visits.visitor(AccessibilityCheck.desktop());
        visitor.open("/studio");
        assertThat(visitor.heading()).hasText("There's nothing here yet.");
        AccessibilityCheck.at(visitor, "studio-before");

        visitor.openQuestion();
        AccessibilityCheck.at(visitor, "question");

        visitor.declare(" ");
        assertThat(visitor.answer()).hasAttribute("aria-invalid", "true");
        AccessibilityCheck.at(visitor, "question-refused");

        visitor.write("To leave every place");
        visitor.openQuestion();
        AccessibilityCheck.at(visitor, "question-with-draft");

        visitor.page().route("**/api/**", route -> route.abort());
        visitor.button("Declare it").click();
        assertThat(visitor.button("Try now")).isVisible();
        AccessibilityCheck.at(visitor, "question-without-server");
        visitor.page().unroute("**/api/**");

        visitor.seeCelebrated("To leave every place");
        AccessibilityCheck.at(visitor, "celebration-low");

        visitor.open("/onboarding");
        assertThat(visitor.heading()).hasText("Your first declaration is saved.");
        AccessibilityCheck.at(visitor, "return");

        visitor.enterStudio().click();
        visitor.seeStudioWith("To leave every place");
        AccessibilityCheck.at(visitor, "studio");
    }

    @Test
    void theStartPageAndTheReferenceAreAccessible(Visits visits) {
        Visitor visitor = visits.visitor(AccessibilityCheck.desktop());
        visitor.open("/");
        assertThat(visitor.page().getByRole(AriaRole.STATUS)).hasText("Ready");
        AccessibilityCheck.at(visitor, "start");

        visitor.open("/docs");
        assertThat(visitor.page().getByText("/api/onboarding/first-declaration").first())
                .isVisible();
        AccessibilityCheck.at(visitor, "docs");
    }

    @Test
    void theCelebrationIsAccessible(Visits visits) {
        String declaration = "Whoever begins something deserves to find it again, exactly where they left it. "
                + "All else that a product says about care is decoration.";
        Visitor visitor = visits.visitor(AccessibilityCheck.desktop());
        visitor.openQuestion();
        visitor.declare(declaration);
        visitor.seeCelebrated("Whoever begins something deserves to find it again");
        AccessibilityCheck.at(visitor, "celebration-high");

        visitor.enterStudio().click();
        assertThat(visitor.page().getByText(declaration)).isVisible();
        AccessibilityCheck.at(visitor, "studio-high");
    }
}
