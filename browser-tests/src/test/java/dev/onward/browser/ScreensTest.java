package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.onward.browser.Installation.Visits;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each screen by day and by night, on a phone and on a desk: no breach of the accessibility rules, nothing that has
 * to be scrolled sideways, and a picture of it in target/screenshots to look at.
 */
@ExtendWith(Installation.class)
class ScreensTest {

    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice");
    private static final Path PICTURES = Path.of("target", "screenshots");

    private enum Size {
        NARROW(360, 780),
        PHONE(390, 844),
        DESK(1280, 800);

        private final int width;
        private final int height;

        Size(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everybodyCanUseTheWayIn(ColorScheme scheme, Visits visits) {
        Visitor visitor = visits.visitor(seeing(scheme));
        visitor.open("/studio");
        assertThat(visitor.heading()).hasText("Nothing stands here yet.");
        look(visitor, scheme, "studio-before");

        visitor.openQuestion();
        look(visitor, scheme, "question");

        visitor.declare(" ");
        assertThat(visitor.answer()).hasAttribute("aria-invalid", "true");
        look(visitor, scheme, "question-refused");

        visitor.write("To leave every place");
        visitor.openQuestion();
        look(visitor, scheme, "question-with-draft");

        visitor.page().route("**/api/**", route -> route.abort());
        visitor.button("Declare it").click();
        assertThat(visitor.button("Try now")).isVisible();
        look(visitor, scheme, "question-without-server");
        visitor.page().unroute("**/api/**");

        visitor.seeCelebrated("To leave every place");
        look(visitor, scheme, "celebration-low");

        visitor.open("/onboarding");
        assertThat(visitor.heading()).hasText("You have laid your first stone.");
        look(visitor, scheme, "return");

        visitor.enterStudio().click();
        visitor.seeStudioWith("To leave every place");
        look(visitor, scheme, "studio");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everybodyCanUseTheStartPageAndTheReference(ColorScheme scheme, Visits visits) {
        Visitor visitor = visits.visitor(seeing(scheme));
        visitor.open("/");
        assertThat(visitor.page().getByRole(AriaRole.STATUS)).hasText("Ready");
        look(visitor, scheme, "start");

        visitor.open("/docs");
        assertThat(visitor.page().getByText("/api/onboarding/first-declaration").first())
                .isVisible();
        look(visitor, scheme, "docs");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everybodyCanSeeAClearDeclarationCelebrated(ColorScheme scheme, Visits visits) {
        String declaration = "Whoever begins something deserves to find it again, exactly where they left it. "
                + "All else that a product says about care is decoration.";
        Visitor visitor = visits.visitor(seeing(scheme));
        visitor.openQuestion();
        visitor.declare(declaration);
        visitor.seeCelebrated("Whoever begins something deserves to find it again");
        look(visitor, scheme, "celebration-high");

        visitor.enterStudio().click();
        assertThat(visitor.page().getByText(declaration)).isVisible();
        look(visitor, scheme, "studio-high");
    }

    private static Browser.NewContextOptions seeing(ColorScheme scheme) {
        return new Browser.NewContextOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE);
    }

    private static void look(Visitor visitor, ColorScheme scheme, String screen) {
        for (Size size : Size.values()) {
            Page page = visitor.page();
            page.setViewportSize(size.width, size.height);
            assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                    .as("%s is wider than %s", screen, size)
                    .isEqualTo(0);
            if (size != Size.NARROW) {
                picture(page, "%s-%s-%s".formatted(screen, size, scheme));
            }
        }
        assertThat(new AxeBuilder(visitor.page())
                        .withTags(RULES)
                        .setLegacyMode(true)
                        .analyze()
                        .getViolations())
                .extracting(Rule::getId, rule -> rule.getNodes().toString())
                .as("accessibility of %s", screen)
                .isEmpty();
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(PICTURES.resolve(name.toLowerCase(Locale.ROOT) + ".png")));
    }
}
