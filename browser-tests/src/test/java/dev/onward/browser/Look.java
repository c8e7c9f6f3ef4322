package dev.onward.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A look at a screen by day or by night, on a phone and on a desk: no breach of the accessibility rules, nothing that
 * has to be scrolled sideways, and with {@code -Donward.long=true} a picture of it in target/screenshots.
 */
record Look(ColorScheme scheme) {
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final boolean WITH_PICTURES = Boolean.getBoolean("onward.long");

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

    /** Of somebody who sees it so. */
    Browser.NewContextOptions eyes() {
        return new Browser.NewContextOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE);
    }

    void at(Visitor visitor, String screen) {
        for (Size size : Size.values()) {
            Page page = visitor.page();
            page.setViewportSize(size.width, size.height);
            assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                    .as("%s is wider than %s", screen, size)
                    .isEqualTo(0);
            if (WITH_PICTURES && size != Size.NARROW) {
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
