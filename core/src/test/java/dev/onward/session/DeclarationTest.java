package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.OnboardingException;
import dev.onward.transition.Declaration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u2003", "\u0085", "a\u0000b", "\ud800", "a\udc00"})
    void rejectsBlankOrMalformedText(String text) {
        assertRefused(text);
    }

    @Test
    void acceptsOneToTenThousandCodePoints() {
        assertThat(new Declaration("x").text()).isEqualTo("x");
        assertThat(new Declaration("🌱".repeat(10_000)).text()).hasSize(20_000);
        assertRefused("🌱".repeat(10_001));
        assertRefused("x".repeat(10_001));
    }

    @Test
    void keepsTheTextAsSent() {
        assertThat(new Declaration("  padded \n").text()).isEqualTo("  padded \n");
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> new Declaration(text))
                .isInstanceOfSatisfying(
                        OnboardingException.InvalidField.class,
                        exception -> assertThat(exception.field()).isEqualTo("declaration"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "\ud83c"})
    void anIdHasOneToSixtyFourWellFormedCharacters(String id) {
        assertThatThrownBy(() -> StartRequest.of("genesis").by(id)).hasMessageStartingWith("userId ");
        assertThatThrownBy(() -> StartRequest.of("genesis").by("u".repeat(65))).hasMessageStartingWith("userId ");
        assertThat(StartRequest.of("genesis").by("🌱".repeat(64)).userId()).isPresent();
    }
}
