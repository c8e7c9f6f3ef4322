package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.web.access.OperatorKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.junit.jupiter.api.Test;

/** Keys for other purposes are derived from the operator's key as Java's own HKDF derives them, which web cannot use yet. */
class DerivedKeyTest {
    private static final String KEY = "a key of the operator with enough characters";

    @Test
    void areThoseOfHkdf() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8));
        byte[] purpose = "claim secret".getBytes(StandardCharsets.UTF_8);
        byte[] expected = KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract().addIKM(digest).thenExpand(purpose, 32));
        assertThat(OperatorKey.of(KEY).derived("claim secret")).isEqualTo(expected);
    }

    @Test
    void differByKeyAndPurpose() {
        byte[] derived = OperatorKey.of(KEY).derived("claim secret");
        assertThat(OperatorKey.of(KEY).derived("list cursor")).isNotEqualTo(derived);
        assertThat(OperatorKey.of(KEY + "!").derived("claim secret")).isNotEqualTo(derived);
        assertThat(OperatorKey.unknown().derived("list cursor")).hasSize(32);
    }
}
