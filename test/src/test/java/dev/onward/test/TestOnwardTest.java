package dev.onward.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.Flows.FlowSummary;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteDataSource;

@Tag("sqlite")
class TestOnwardTest {
    @Test
    void publishesTheSampleFlowsAndTheTestsOwn() {
        try (TestOnward test = TestOnward.start(builder -> builder.flow("mine.yaml", """
                flow: mine
                title: Mine
                steps:
                  - id: only
                    title: The only step
                """))) {
            assertThat(test.onward().flows().list())
                    .extracting(FlowSummary::id)
                    .containsExactly("developer-quickstart", "genesis", "mine", "team-setup");
        }
    }

    @ParameterizedTest
    @EnumSource(SampleFlow.class)
    void sampleFlowsHaveTheirIdAndNoErrors(SampleFlow flow) {
        try (TestOnward test = TestOnward.start()) {
            assertThat(flow.definition()).contains("\nflow: " + flow.id() + "\n");
            assertThat(test.onward().flows().check(flow.definition())).isEmpty();
        }
    }

    @Test
    void leavesNoFileBehind() {
        Path file;
        try (TestOnward test = TestOnward.start()) {
            file = fileOf(test);
            test.onward().sessions().start("genesis");
            assertThat(file).exists();
        }
        assertThat(Files.exists(file.getParent())).isFalse();
    }

    @Test
    void aFailedStartReportsItsReason() {
        assertThatThrownBy(() -> TestOnward.start(builder -> builder.flow("mine.yaml", "flow: mine")))
                .isInstanceOf(InvalidFlow.class)
                .hasMessageContaining("mine.yaml");
    }

    @Test
    void theClockStandsStillUntilItIsSet() {
        TestClock clock = TestClock.at(TestOnward.START);
        assertThat(clock.instant()).isEqualTo(TestOnward.START).isEqualTo(clock.instant());
        clock.set(Instant.EPOCH);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }

    private static Path fileOf(TestOnward test) {
        return Path.of(((SQLiteDataSource) test.dataSource()).getUrl().substring("jdbc:sqlite:".length()));
    }
}
