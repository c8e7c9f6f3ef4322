package dev.onward.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.onward.server.cli.CommandException;
import org.junit.jupiter.api.Test;

class DescriptorCheckTest {
    @Test
    void rejectsMoreConnectionsThanFileDescriptors() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> new DescriptorCheck(2000, 1024).orThrow())
                .withMessageContaining("max_connections is 2000")
                .withMessageContaining("limited to 1024")
                .withMessageContaining("at most 760")
                .withMessageContaining("ulimit -n");
        assertThatNoException().isThrownBy(() -> new DescriptorCheck(760, 1024).orThrow());
    }

    @Test
    void readsTheLimitOfThisProcess() {
        assertThat(DescriptorCheck.of(16).limit()).isPositive();
    }
}
