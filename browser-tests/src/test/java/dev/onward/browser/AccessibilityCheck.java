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
 * Checks a screen in light and dark colors, on a phone and on a desktop: no accessibility violations, and no horizontal
 * scrolling. Dark mode differs in colors only, so only the rules about colors are checked there. With
 * {@code -Donward.long=true}, every rule and width is checked in dark mode too, and screenshots are written to
 * target/screenshots.
 */
final class AccessibilityCheck {
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice");
    private static final List<String> RULES_ABOUT_COLOURS = List.of("color-contrast", "link-in-text-block");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final boolean LONG = Boolean.getBoolean("onward.long");

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

    private AccessibilityCheck() {}

    /** Light colors and reduced motion. */
    static Browser.NewContextOptions desktop() {
        return new Browser.NewContextOptions().setColorScheme(ColorScheme.LIGHT).setReducedMotion(ReducedMotion.REDUCE);
    }

    static void at(Visitor visitor, String screen) {
        Page page = visitor.page();
        fitsEverySize(page, screen, ColorScheme.LIGHT);
        isAccessible(new AxeBuilder(page).withTags(RULES), screen + " by day");

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        // Wait for the end of the transition between colors.
        page.waitForFunction("() => document.getAnimations().length === 0");
        if (LONG) {
            fitsEverySize(page, screen, ColorScheme.DARK);
            isAccessible(new AxeBuilder(page).withTags(RULES), screen + " by night");
        } else {
            isAccessible(new AxeBuilder(page).withRules(RULES_ABOUT_COLOURS), screen + " by night");
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private static void fitsEverySize(Page page, String screen, ColorScheme scheme) {
        for (Size size : Size.values()) {
            page.setViewportSize(size.width, size.height);
            assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                    .as("%s is wider than %s", screen, size)
                    .isEqualTo(0);
            if (LONG && size != Size.NARROW) {
                picture(page, "%s-%s-%s".formatted(screen, size, scheme));
            }
        }
    }

    private static void isAccessible(AxeBuilder rules, String screen) {
        assertThat(rules.setLegacyMode(true).analyze().getViolations())
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
