package dev.onward.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.bench.measurement.BenchDatabase;
import dev.onward.bench.measurement.Measurement;
import dev.onward.bench.measurement.Measurements;
import java.time.Duration;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void measuresEverythingInThreeRoundsByDefault() throws ParseException {
        Options options = Options.parse();
        assertThat(options.everything()).isTrue();
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.run()).isEqualTo(Duration.ofSeconds(10));
        assertThat(Measurements.standard()).allMatch(options::includes);
    }

    @Test
    void measuresOnlyTheNamedMeasurements() throws ParseException {
        Options options = Options.parse("--only", "start,memory");
        assertThat(Measurements.standard().stream().filter(options::includes).map(Measurement::name))
                .containsExactly("start", "memory");
        assertThat(options.everything()).isFalse();
    }

    @Test
    void omitsMeasurementsOfTheOtherDatabase() throws ParseException {
        Options options = Options.parse("--db", "sqlite");
        assertThat(Measurements.standard().stream().filter(options::includes))
                .isNotEmpty()
                .allMatch(measurement -> measurement.database() == BenchDatabase.SQLITE);
        assertThat(options.everything()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--db=oracle", "--only=nothing", "--seconds=0", "--rounds=0", "--sessions=1", "--seconds=x"})
    void rejectsInvalidOptions(String option) {
        assertThatThrownBy(() -> Options.parse(option)).isInstanceOf(ParseException.class);
    }
}
