package dev.onward.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OperatorKeyTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    void onlyTheKeyItselfMatches() {
        OperatorKey key = OperatorKey.of(KEY);

        assertThat(key.known()).isTrue();
        assertThat(key.matches(KEY)).isTrue();
        assertThat(key.matches(KEY + " ")).isFalse();
        assertThat(key.matches(KEY.substring(1))).isFalse();
        assertThat(key.matches("")).isFalse();
    }

    @Test
    void nothingMatchesAnUnsetKey() {
        OperatorKey none = OperatorKey.unknown();

        assertThat(none.known()).isFalse();
        assertThat(none.matches("")).isFalse();
        assertThat(none.matches(KEY)).isFalse();
    }

    @Test
    void rejectsAShortKeyWithoutRepeatingIt() {
        String shorter = KEY.substring(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorKey.of(shorter))
                .withMessageNotContaining(shorter);
    }

    @Test
    void toStringDoesNotContainTheKey() {
        assertThat(OperatorKey.of(KEY).toString()).doesNotContain(KEY);
    }
}
