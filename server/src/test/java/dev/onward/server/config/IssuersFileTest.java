package dev.onward.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.web.jwt.ClaimPath;
import dev.onward.web.jwt.KeySource;
import dev.onward.web.jwt.TokenIssuer;
import dev.onward.web.jwt.UserIdForm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuersFileTest {
    private static final String MINIMAL = "- {issuer: https://id.example.com, audience: app, ";

    @TempDir
    private Path folder;

    private List<TokenIssuer> read(String text) throws IOException {
        return IssuersFile.read(Files.writeString(folder.resolve("issuers.yaml"), text));
    }

    @Test
    void anIssuerNeedsThreeLines() throws IOException {
        assertThat(read("""
                - issuer: https://id.example.com/realms/app
                  jwks: https://id.example.com/realms/app/protocol/openid-connect/certs
                  audience: onboarding
                """))
                .containsExactly(TokenIssuer.of(
                        "https://id.example.com/realms/app",
                        new KeySource.JwksAddress(
                                URI.create("https://id.example.com/realms/app/protocol/openid-connect/certs")),
                        "onboarding"));
    }

    @Test
    void readsEverySetting() throws IOException {
        Files.writeString(folder.resolve("keys.json"), "{\"keys\": []}");
        assertThat(read("""
                - issuer: https://id.example.com/
                  jwks: keys.json
                  audience: [a, b]
                  authorized_parties: https://app.example.com
                  algorithms: [RS256, EdDSA]
                  user_id_claim: uid
                  user_id_form: sha256
                  prefix: "app:"
                  operator_claim: realm_access.roles
                  operator_value: admin
                  required_claim: role
                  required_value: authenticated
                  skew_seconds: 5
                """))
                .containsExactly(new TokenIssuer(
                        "https://id.example.com/",
                        new KeySource.JwksFile(folder.resolve("keys.json")),
                        Set.of("a", "b"),
                        Set.of("https://app.example.com"),
                        Set.of("RS256", "EdDSA"),
                        new ClaimPath("uid"),
                        Optional.of(new TokenIssuer.ClaimValue(new ClaimPath("realm_access.roles"), "admin")),
                        Optional.of(new TokenIssuer.ClaimValue(new ClaimPath("role"), "authenticated")),
                        "app:",
                        UserIdForm.SHA256,
                        Duration.ofSeconds(5)));
    }

    @Test
    void aSharedSecretHasItsOwnAlgorithms() throws IOException {
        assertThat(read(MINIMAL + "secret: \"0123456789 0123456789 0123456789\"}"))
                .singleElement()
                .satisfies(issuer -> assertThat(issuer.algorithms()).isEqualTo(Set.of("HS256", "HS384", "HS512")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jwks: nowhere.json}                            | nor a readable file",
                "secret: short}                                 | at least 32 bytes",
                "jwks: 'https://a', secret: x}                  | either jwks",
                "}                                              | either jwks",
                "jwks: 'https://a', audiance: x}                | no setting \"audiance\"",
                "jwks: 'https://a', skew_seconds: 31}           | 30 seconds",
                "jwks: 'https://a', skew_seconds: much}         | whole number",
                "jwks: 'https://a', user_id_form: md5}          | verbatim or sha256",
                "jwks: 'https://a', algorithms: [HS256]}        | algorithms must be some of",
                "jwks: 'https://a', operator_claim: roles}      | belong together",
                "jwks: 'https://a', prefix: [x]}                | prefix must be text",
            })
    void anErrorNamesTheIssuerAndWhatIsValid(String rest, String message) {
        assertThatThrownBy(() -> read(MINIMAL + rest))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("issuers.yaml, issuer 1: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"'',list of issuers", "'issuer: x',list of issuers", "'- [',not YAML"})
    void aFileThatIsNoListIsRejected(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anIssuerAppearsOnce() {
        String issuer = MINIMAL + "jwks: 'https://id.example.com/keys'}\n";
        assertThatThrownBy(() -> read(issuer + issuer))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("issuer 2: https://id.example.com appears twice");
    }

    @Test
    void theSettingNamesTheFile() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), MINIMAL + "jwks: 'https://id.example.com/keys'}");
        Settings settings = Settings.of(SettingSources.in(
                folder, Map.of(Setting.ISSUERS, folder.resolve("mine.yaml").toString()), Map.of()));
        assertThat(settings.issuers()).hasSize(1);
    }
}
