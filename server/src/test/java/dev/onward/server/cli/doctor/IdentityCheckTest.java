package dev.onward.server.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.web.access.Mode;
import dev.onward.web.jwt.IdentityProvider;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdentityCheckTest {
    private final IdentityProvider provider = new IdentityProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    private List<CheckResult> findings(Mode mode) {
        return new IdentityCheck(mode, List.of(provider.issuer())).findings();
    }

    @Test
    void saysHowUsersAreNamedIfTheKeysAreReadable() {
        assertThat(findings(Mode.PUBLIC)).singleElement().satisfies(finding -> {
            assertThat(finding.ok()).isTrue();
            assertThat(finding.text()).contains(IdentityProvider.ISSUER, "sub", "verbatim");
        });
    }

    @Test
    void saysWhyTheKeysCannotBeRead() {
        provider.answerWith(404);
        assertThat(findings(Mode.PUBLIC)).singleElement().satisfies(finding -> {
            assertThat(finding.ok()).isFalse();
            assertThat(finding.text()).contains(IdentityProvider.ISSUER, "404", "jwks");
        });
    }

    @Test
    void saysThatModeLocalProtectsNothing() {
        assertThat(findings(Mode.LOCAL))
                .hasSize(2)
                .last()
                .satisfies(finding -> assertThat(finding.text()).contains("--mode public"));
    }

    @Test
    void findsNothingWithoutIssuers() {
        assertThat(new IdentityCheck(Mode.LOCAL, List.of()).findings()).isEmpty();
    }
}
