package dev.onward.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A user of the pages: their actions and what they see. Records errors of the browser. */
final class Visitor implements AutoCloseable {

    /** Reports each violation of the content security policy to the console. */
    private static final String REPORT_BREACHES = """
            addEventListener("securitypolicyviolation", (breach) =>
                console.error(`breach of policy: ${breach.violatedDirective} ${breach.blockedURI}`));
            """;

    private final BrowserContext context;
    private final URI address;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    Visitor(BrowserContext context, URI address) {
        this.context = context;
        this.address = address;
        context.addInitScript(REPORT_BREACHES);
        page = newTab();
    }

    /** Opens another tab of the same browser. */
    Page newTab() {
        Page tab = context.newPage();
        tab.onConsoleMessage(message -> {
            String text = message.text();
            if (text.contains("breach of policy") || text.contains("Content Security Policy")) {
                complaints.add(text);
            }
            if (message.type().equals("error")) {
                errors.add(text);
            }
        });
        tab.onPageError(complaints::add);
        return tab;
    }

    Page page() {
        return page;
    }

    /** Violations of the content security policy, and uncaught script errors. */
    List<String> complaints() {
        return complaints;
    }

    /** Every error in the console, failed requests included. */
    List<String> errors() {
        return errors;
    }

    void open(String path) {
        page.navigate(address.resolve(path).toString());
    }

    void openQuestion() {
        open("/onboarding");
        assertThat(answer()).isVisible();
    }

    void openFlow(String flow) {
        open("/onboarding?flow=" + flow);
        assertThat(page.locator("main")).not().hasAttribute("aria-busy", "true");
    }

    void seeHeading(String title) {
        assertThat(heading()).hasText(title);
    }

    Locator heading() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    Locator answer() {
        return page.getByRole(AriaRole.TEXTBOX);
    }

    /** The field with exactly this label. */
    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    void type(String text) {
        page.keyboard().type(text);
    }

    void continueToNextStep() {
        button("Continue").click();
    }

    /** Waits until the browser has saved the draft. */
    void awaitDraft() {
        assertThat(page.getByText("Saved on this device", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    /** The answers to the visible steps, as JSON from the server. */
    String answers(String flow) {
        return (String) page.evaluate("""
                async (flow) => {
                    const session = await (await fetch(`/api/onboarding/sessions/current?flow=${flow}`)).json();
                    const answered = session.steps.filter((step) => step.visible && step.input && step.state === "done");
                    return JSON.stringify(Object.fromEntries(answered.map((step) => [step.id, step.answer])));
                }
                """, flow);
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Locator enterStudio() {
        return button("Enter the studio");
    }

    /** Types a text, and waits until the browser has saved it. */
    void write(String text) {
        answer().fill(text);
        awaitDraft();
    }

    void declare(String text) {
        write(text);
        button("Declare it").click();
    }

    void seeCelebrated(String title) {
        assertThat(page.getByText("Your declaration is now a K-Block")).isVisible();
        assertThat(page.getByRole(AriaRole.ARTICLE)).containsText(title);
    }

    void seeStudioWith(String title) {
        assertThat(page).hasURL(address.resolve("/studio").toString());
        assertThat(heading()).hasText(title);
    }

    /** The session's only cookie. */
    Cookie cookie() {
        return context.cookies().stream()
                .filter(cookie -> cookie.name.startsWith("onward_"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no cookie."));
    }

    @Override
    public void close() {
        context.close();
    }
}
