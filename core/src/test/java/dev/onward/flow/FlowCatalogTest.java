package dev.onward.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.BuiltInFlow;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowCatalogTest {
    private static final Flow GENESIS = BuiltInFlow.catalog().find("genesis").orElseThrow();

    @Test
    void theHighestVersionIsCurrentAndFindsOlderOnes() {
        FlowCatalog flows = FlowCatalog.of(List.of(GENESIS.atVersion(3), GENESIS, GENESIS.atVersion(2)));
        assertThat(flows.find("genesis")).map(Flow::version).contains(3);
        assertThat(flows.find("genesis", 1)).contains(GENESIS);
        assertThat(flows.find("genesis", 4)).isEmpty();
        assertThat(flows.all()).extracting(Flow::version).containsExactly(3);
    }

    @Test
    void doesNotFindAnUnknownFlow() {
        assertThat(BuiltInFlow.catalog().find("tour")).isEmpty();
        assertThat(BuiltInFlow.catalog().find("tour", 1)).isEmpty();
    }

    @Test
    void rejectsTwoFlowsWithTheSameIdAndVersion() {
        assertThatThrownBy(() -> FlowCatalog.of(List.of(GENESIS, GENESIS)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
