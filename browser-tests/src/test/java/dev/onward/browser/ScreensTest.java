package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import dev.onward.browser.Installation.Visits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each screen by day and by night, on a phone and on a desk: no breach of the accessibility rules, nothing that has
 * to be scrolled sideways, and with {@code -Donward.long=true} a picture of it in target/screenshots to look at.
 */
@ExtendWith(Installation.class)
class ScreensTest {

    @Test
    void theFirstVisitOfTheStartPageLogsNoErrorInTheConsole(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.open("/");
        assertThat(visitor.page().locator("#state")).hasText("Ready");
        assertThat(visitor.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/onboarding", "/onboarding?flow=kinds", "/studio", "/docs"})
    void theFirstVisitOfAPageLogsNoErrorInTheConsole(String path, Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.open(path);
        visitor.page().waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(visitor.heading().first()).isVisible();
        assertThat(visitor.page().locator("main")).not().hasAttribute("aria-busy", "true");
        assertThat(visitor.errors()).isEmpty();
    }

    @Test
    void everybodyCanUseTheWayIn(Visits visits) {
        Visitor visitor = visits.visitor(Look.eyes());
        visitor.open("/studio");
        assertThat(visitor.heading()).hasText("There is nothing here yet.");
        Look.at(visitor, "studio-before");

        visitor.openQuestion();
        Look.at(visitor, "question");

        visitor.declare(" ");
        assertThat(visitor.answer()).hasAttribute("aria-invalid", "true");
        Look.at(visitor, "question-refused");

        visitor.write("To leave every place");
        visitor.openQuestion();
        Look.at(visitor, "question-with-draft");

        visitor.page().route("**/api/**", route -> route.abort());
        visitor.button("Declare it").click();
        assertThat(visitor.button("Try now")).isVisible();
        Look.at(visitor, "question-without-server");
        visitor.page().unroute("**/api/**");

        visitor.seeCelebrated("To leave every place");
        Look.at(visitor, "celebration-low");

        visitor.open("/onboarding");
        assertThat(visitor.heading()).hasText("You have laid your first stone.");
        Look.at(visitor, "return");

        visitor.enterStudio().click();
        visitor.seeStudioWith("To leave every place");
        Look.at(visitor, "studio");
    }

    @Test
    void everybodyCanUseTheStartPageAndTheReference(Visits visits) {
        Visitor visitor = visits.visitor(Look.eyes());
        visitor.open("/");
        assertThat(visitor.page().getByRole(AriaRole.STATUS)).hasText("Ready");
        Look.at(visitor, "start");

        visitor.open("/docs");
        assertThat(visitor.page().getByText("/api/onboarding/first-declaration").first())
                .isVisible();
        Look.at(visitor, "docs");
    }

    @Test
    void everybodyCanSeeAClearDeclarationCelebrated(Visits visits) {
        String declaration = "Whoever begins something deserves to find it again, exactly where they left it. "
                + "All else that a product says about care is decoration.";
        Visitor visitor = visits.visitor(Look.eyes());
        visitor.openQuestion();
        visitor.declare(declaration);
        visitor.seeCelebrated("Whoever begins something deserves to find it again");
        Look.at(visitor, "celebration-high");

        visitor.enterStudio().click();
        assertThat(visitor.page().getByText(declaration)).isVisible();
        Look.at(visitor, "studio-high");
    }
}
