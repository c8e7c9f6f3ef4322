package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.onward.browser.BrowserEnvironment.Visits;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lifecycle of a session without interruptions, as in the contract. */
@ExtendWith(BrowserEnvironment.class)
class LifecycleTest {

    private static final String DECLARATION = "To leave every place calmer than I found it. Always.";
    private static final String TITLE = "To leave every place calmer than I found it.";

    @Test
    void declaresCelebratesAndShowsTheKBlockInTheStudio(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        assertThat(visitor.heading()).hasText("What matters most to you?");

        visitor.declare(DECLARATION);
        visitor.seeCelebrated(TITLE);
        assertThat(visitor.page().getByRole(AriaRole.ARTICLE)).containsText("Axiom");
        assertThat(visitor.page().getByText("65% clear.")).isVisible();

        visitor.enterStudio().click();
        visitor.seeStudioWith(TITLE);
        assertThat(visitor.page().getByText(DECLARATION)).isVisible();
        assertThat(visitor.page().getByText("Welcome to kgents! Your journey begins."))
                .isVisible();
        Locator history = visitor.page().getByRole(AriaRole.LISTITEM);
        assertThat(history.filter(new Locator.FilterOptions().setHasText("You ")))
                .containsText(
                        new String[] {"You started", "You made your first declaration", "You entered the studio"});
    }

    @Test
    void worksWithTheKeyboardOnly(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        assertThat(visitor.answer()).isFocused();
        visitor.page().keyboard().type(DECLARATION);
        visitor.page().keyboard().press("Control+Enter");

        visitor.seeCelebrated(TITLE);
        assertThat(visitor.heading()).isFocused();
        visitor.page().keyboard().press("Tab");
        assertThat(visitor.enterStudio()).isFocused();
        visitor.page().keyboard().press("Enter");

        visitor.seeStudioWith(TITLE);
        assertThat(visitor.heading()).isFocused();
    }

    @Test
    void celebratesEvenIfTheKBlockCannotBeRead(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        visitor.page().route("**/api/kblocks/**", route -> route.abort());
        visitor.declare(DECLARATION);
        visitor.seeCelebrated(TITLE);
    }

    @Test
    void showsConfettiUnlessMotionIsReduced(Visits visits) {
        Visitor visitor = visits.visitor(new Browser.NewContextOptions());
        visitor.openQuestion();
        visitor.declare(DECLARATION);
        assertThat(visitor.page().locator("canvas.confetti")).isVisible();

        Visitor calm = visits.visitor();
        calm.openQuestion();
        calm.declare(DECLARATION);
        calm.seeCelebrated(TITLE);
        assertThat(calm.page().locator("canvas.confetti")).hasCount(0);
    }

    @Test
    void asksOnce(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        visitor.declare(DECLARATION);
        visitor.seeCelebrated(TITLE);

        visitor.open("/onboarding");
        assertThat(visitor.heading()).hasText("Your first declaration is saved.");
        assertThat(visitor.answer()).hasCount(0);
        visitor.enterStudio().click();
        visitor.seeStudioWith(TITLE);

        visitor.open("/onboarding");
        assertThat(visitor.heading()).hasText("You've already finished.");
        visitor.seeStudioWith(TITLE);
    }

    @Test
    void showsTheStoredDeclarationIfAnotherTabHasDeclared(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        visitor.write("What I wrote in the first tab");

        Page other = visitor.newTab();
        other.navigate(visitor.page().url());
        assertThat(other.getByRole(AriaRole.TEXTBOX)).hasValue("What I wrote in the first tab");
        other.getByRole(AriaRole.TEXTBOX).fill("What the other tab declared.");
        other.getByText("Declare it").click();
        assertThat(other.getByRole(AriaRole.ARTICLE)).containsText("What the other tab declared.");

        visitor.button("Declare it").click();
        assertThat(visitor.page().getByRole(AriaRole.ARTICLE)).containsText("What the other tab declared.");
        assertThat(visitor.page().getByText("What I wrote in the first tab")).isVisible();
        visitor.enterStudio().click();
        visitor.seeStudioWith("What the other tab declared.");
    }

    @Test
    void showsTheServersErrorBesideTheField(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        visitor.declare("   ");
        assertThat(visitor.answer()).hasAttribute("aria-invalid", "true");
        assertThat(visitor.answer()).isFocused();
        assertThat(visitor.page().getByRole(AriaRole.ALERT)).hasText(Pattern.compile("\\S"));

        visitor.declare(DECLARATION);
        visitor.seeCelebrated(TITLE);
    }

    @Test
    void theStudioInvitesANewVisitor(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.open("/studio");
        assertThat(visitor.heading()).hasText("There's nothing here yet.");
        visitor.page().getByText("Start").click();
        assertThat(visitor.answer()).isVisible();
    }

    @Test
    void theSessionIdIsInTheCookieOnly(Visits visits) {
        Visitor visitor = visits.visitor();
        visitor.openQuestion();
        String session = visitor.cookie().value;
        assertThat(visitor.cookie().httpOnly).isTrue();
        assertThat(visitor.cookie().sameSite).isEqualTo(SameSiteAttribute.LAX);
        assertThat(keptByTheBrowser(visitor)).doesNotContain(session);

        visitor.write(DECLARATION);
        assertThat(keptByTheBrowser(visitor)).contains(DECLARATION).doesNotContain(session);
        visitor.button("Declare it").click();
        visitor.seeCelebrated(TITLE);
        assertThat(keptByTheBrowser(visitor)).doesNotContain(DECLARATION).doesNotContain(session);
        visitor.enterStudio().click();
        visitor.seeStudioWith(TITLE);
        assertThat(keptByTheBrowser(visitor)).doesNotContain(session);
    }

    /** The page's addresses, the cookies that scripts can read, and everything in storage. */
    private static String keptByTheBrowser(Visitor visitor) {
        return (String) visitor.page().evaluate("""
                () => JSON.stringify([
                    location.href, document.referrer, document.cookie, {...localStorage}, {...sessionStorage},
                    performance.getEntriesByType("resource").map((entry) => entry.name),
                ])
                """);
    }
}
