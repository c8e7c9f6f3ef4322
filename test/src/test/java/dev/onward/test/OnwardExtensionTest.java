package dev.onward.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.Onward;
import dev.onward.model.SessionView;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("sqlite")
@ExtendWith(OnwardExtension.class)
class OnwardExtensionTest {
    private final Onward onward;

    OnwardExtensionTest(Onward onward) {
        this.onward = onward;
    }

    @BeforeEach
    void startsOneSession(TestOnward test) {
        test.onward().sessions().startFor("ada", SampleFlow.TEAM_SETUP.id());
    }

    @RepeatedTest(2)
    void eachTestHasItsOwnDatabase(DataSource dataSource) throws SQLException {
        assertThat(onward.analytics().figures())
                .singleElement()
                .satisfies(figures -> assertThat(figures.started()).isOne());
        try (Connection connection = dataSource.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void constructorMethodAndPartsShareOneOnward(TestOnward test, Onward same, TestClock clock, DataSource dataSource) {
        assertThat(same).isSameAs(onward).isSameAs(test.onward());
        assertThat(clock).isSameAs(test.clock());
        assertThat(dataSource).isSameAs(test.dataSource());
    }

    @Test
    void theTestsClockSetsTheTimeOfWrites(TestClock clock) {
        SessionView session = onward.sessions().start("genesis");
        assertThat(session.startedAt()).isEqualTo(TestOnward.START);

        clock.advance(Duration.ofMinutes(5));
        assertThat(onward.sessions().complete(session.id()).completedAt()).contains(TestOnward.START.plusSeconds(300));
    }
}
