package dev.onward.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theMedianOfAnOddNumberIsTheMiddleValue() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoMiddleValues() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(new Spread(3, 1, 100));
    }

    @Test
    void computesTheRatioOfEachRound() {
        assertThat(Spread.ofRatios(List.of(10.0, 30.0, 20.0), List.of(10.0, 10.0, 5.0)))
                .isEqualTo(new Spread(3, 1, 4));
    }

    @Test
    void rejectsDifferentNumbersOfRounds() {
        assertThatThrownBy(() -> Spread.ofRatios(List.of(1.0, 2.0), List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsTheUnitOnceAndOmitsAnEmptySpread() {
        assertThat(new Spread(46_300, 40_000, 50_000).text(Unit.PER_SECOND)).isEqualTo("46,300/s (40,000–50,000)");
        assertThat(new Spread(0.5, 0.5, 0.5).text(Unit.SECONDS)).isEqualTo("0.50 s");
    }
}
