package dev.onward.kblock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.FirstDeclaration.Celebration;
import dev.onward.model.FirstDeclaration.Intensity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KBlockTest {

    @ParameterizedTest
    @CsvSource({"1, 0.55", "29, 0.55", "30, 0.35", "80, 0.35", "81, 0.17", "10000, 0.17"})
    void lossFallsWithTheLengthOfTheDeclaration(int characters, BigDecimal loss) {
        assertThat(Loss.of("x".repeat(characters)).value()).isEqualTo(loss);
    }

    @Test
    void countsCharactersAsCodePointsAsSent() {
        assertThat(Loss.of("🌱".repeat(29)).value()).isEqualTo("0.55");
        assertThat(Loss.of("🌱".repeat(30)).value()).isEqualTo("0.35");
        assertThat(Loss.of(" ".repeat(80) + "x").value()).isEqualTo("0.17");
    }

    @ParameterizedTest
    @CsvSource({"0.17, 0.83", "0.35, 0.65", "0.55, 0.45"})
    void confidenceIsOneMinusLossWithTwoDecimals(BigDecimal loss, BigDecimal confidence) {
        assertThat(new Loss(loss).confidence()).isEqualTo(confidence);
    }

    @ParameterizedTest
    @CsvSource({
        "0.00, HIGH, #c4a77d",
        "0.09, HIGH, #c4a77d",
        "0.10, HIGH, #7a9d7a",
        "0.19, HIGH, #7a9d7a",
        "0.20, MEDIUM, #7a9d7a",
        "0.29, MEDIUM, #7a9d7a",
        "0.30, MEDIUM, #8a8a94",
        "0.49, MEDIUM, #8a8a94",
        "0.50, LOW, #7a85a0",
        "1.00, LOW, #7a85a0"
    })
    void intensityAndColourFollowTheLoss(BigDecimal value, Intensity intensity, String color) {
        Celebration celebration = new Loss(value).celebration(new CelebrationWords("🌱", "Planted.", "Short."));
        assertThat(celebration).isEqualTo(new Celebration(true, "🌱", "Planted.", color, intensity));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "I build. I last.|I build.",
                "What lasts? This!|What lasts?",
                "Now! Or never.|Now!",
                "It goes on… and on|It goes on…",
                "version 2.0 is out. Yes|version 2.0 is out.",
                "no end at all|no end at all",
                "ends here.|ends here."
            })
    void theTitleIsTheFirstSentence(String content, String title) {
        assertThat(Title.of(content)).isEqualTo(title);
    }

    @Test
    void theTitleIsTruncatedTo80Characters() {
        assertThat(Title.of("y".repeat(80))).isEqualTo("y".repeat(80));
        assertThat(Title.of("y".repeat(81))).isEqualTo("y".repeat(80) + "...");
        assertThat(Title.of("🌱".repeat(81))).isEqualTo("🌱".repeat(80) + "...");
        assertThat(Title.of("y".repeat(79) + ". z")).isEqualTo("y".repeat(79) + ".");
    }

    @Test
    void aFirstDeclarationBecomesAnAxiomWithItsTags() {
        Instant now = Instant.EPOCH;
        KBlock kblock = KBlock.ofFirstDeclaration("k", "s", Optional.of("ada"), " As sent. ", now);
        assertThat(kblock.layer()).isEqualTo(1);
        assertThat(kblock.content()).isEqualTo(" As sent. ");
        assertThat(kblock.tags()).containsExactly("ftue", "first-declaration", "user-generated");
        assertThat(kblock.userId()).contains("ada");
    }
}
