package dev.onward.server.config;

import dev.onward.web.jwt.ClaimPath;
import dev.onward.web.jwt.KeySource;
import dev.onward.web.jwt.TokenIssuer;
import dev.onward.web.jwt.UserIdForm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the file of the setting {@code issuers}: a list of identity providers. */
final class IssuersFile {
    private static final int MAX_FILE_BYTES = 65_536;

    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "issuer",
            "jwks",
            "secret",
            "audience",
            "authorized_parties",
            "algorithms",
            "user_id_claim",
            "user_id_form",
            "prefix",
            "operator_claim",
            "operator_value",
            "required_claim",
            "required_value",
            "skew_seconds"));

    private final Path file;

    private IssuersFile(Path file) {
        this.file = file;
    }

    /** @throws SettingsException for the first error, with the number of the issuer */
    static List<TokenIssuer> read(Path file) {
        return new IssuersFile(file).issuers();
    }

    private List<TokenIssuer> issuers() {
        List<TokenIssuer> issuers = new ArrayList<>();
        if (!(parsed() instanceof List<?> listed) || listed.isEmpty()) {
            throw new SettingsException(file + ": this is not a list of issuers. Write \"- issuer: https://…\", and its"
                    + " settings below.");
        }
        for (Object entry : listed) {
            IssuerEntry next = new IssuerEntry(issuers.size() + 1, entry instanceof Map<?, ?> map ? map : Map.of());
            TokenIssuer issuer = next.issuer();
            if (issuers.stream().anyMatch(earlier -> earlier.issuer().equals(issuer.issuer()))) {
                throw next.wrong(issuer.issuer() + " appears twice. Keep one");
            }
            issuers.add(issuer);
        }
        return List.copyOf(issuers);
    }

    private Object parsed() {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MAX_FILE_BYTES)
                .build();
        try {
            return Optional.ofNullable(new Load(settings).loadFromString(Files.readString(file)))
                    .orElse(List.of());
        } catch (YamlEngineException e) {
            throw new SettingsException(file + ": this is not YAML ("
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "). Correct it.");
        } catch (IOException e) {
            throw new SettingsException(file + " cannot be read. Name a readable file with --issuers.");
        }
    }

    /** One issuer. */
    private final class IssuerEntry {
        private final int number;
        private final Map<?, ?> values;

        IssuerEntry(int number, Map<?, ?> values) {
            this.number = number;
            this.values = values;
        }

        TokenIssuer issuer() {
            for (Object key : values.keySet()) {
                if (!KEYS.contains(String.valueOf(key))) {
                    throw wrong("there is no setting \"" + key + "\". There are: " + String.join(", ", KEYS));
                }
            }
            KeySource keys = keys();
            try {
                return new TokenIssuer(
                        text("issuer").orElseThrow(() -> wrong("issuer is missing. Write the exact value of iss")),
                        keys,
                        texts("audience"),
                        texts("authorized_parties"),
                        values.containsKey("algorithms") ? texts("algorithms") : TokenIssuer.possibleAlgorithms(keys),
                        new ClaimPath(text("user_id_claim").orElse("sub")),
                        claimValue("operator"),
                        claimValue("required"),
                        text("prefix").orElse(""),
                        userIdForm(),
                        skew());
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
        }

        private KeySource keys() {
            Optional<String> jwks = text("jwks");
            Optional<String> secret = text("secret");
            if (jwks.isPresent() == secret.isPresent()) {
                throw wrong("write either jwks (the address or file of its public keys) or secret (a shared secret)");
            }
            if (jwks.isPresent()) {
                return jwks(jwks.get());
            }
            try {
                return KeySource.SharedSecret.parse(secret.orElseThrow());
            } catch (IllegalArgumentException e) {
                throw wrong("secret must have at least 32 bytes, as text or as base64:…");
            }
        }

        private KeySource jwks(String text) {
            if (text.startsWith("https://") || text.startsWith("http://")) {
                try {
                    return new KeySource.JwksAddress(URI.create(text));
                } catch (IllegalArgumentException e) {
                    throw wrong("jwks is not an address: " + text);
                }
            }
            Path keys = Optional.ofNullable(file.toAbsolutePath().getParent())
                    .orElse(file)
                    .resolve(text);
            if (!Files.isReadable(keys)) {
                throw wrong("jwks is neither an address (https://…) nor a readable file: " + keys);
            }
            return new KeySource.JwksFile(keys);
        }

        private Optional<TokenIssuer.ClaimValue> claimValue(String name) {
            Optional<String> claim = text(name + "_claim");
            Optional<String> value = text(name + "_value");
            if (claim.isPresent() != value.isPresent()) {
                throw wrong(name + "_claim and " + name + "_value belong together: write both or none");
            }
            return claim.map(path -> new TokenIssuer.ClaimValue(new ClaimPath(path), value.orElseThrow()));
        }

        private UserIdForm userIdForm() {
            String word = text("user_id_form").orElse(UserIdForm.VERBATIM.word());
            return Arrays.stream(UserIdForm.values())
                    .filter(form -> form.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> wrong("user_id_form must be "
                            + Arrays.stream(UserIdForm.values())
                                    .map(form -> form.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(" or "))));
        }

        private Duration skew() {
            Object value = values.get("skew_seconds");
            if (value == null) {
                return TokenIssuer.MAX_SKEW;
            }
            if (!(value instanceof Integer seconds)) {
                throw wrong("skew_seconds must be a whole number from 0 to 30");
            }
            return Duration.ofSeconds(seconds);
        }

        private Optional<String> text(String key) {
            Object value = values.get(key);
            if (value == null) {
                return Optional.empty();
            }
            if (!(value instanceof String text)) {
                throw wrong(key + " must be text");
            }
            return Optional.of(text);
        }

        private Set<String> texts(String key) {
            Object value = values.get(key);
            if (value instanceof Collection<?> several && several.stream().allMatch(String.class::isInstance)) {
                return several.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
            }
            return text(key).map(Set::of).orElse(Set.of());
        }

        private SettingsException wrong(String problem) {
            return new SettingsException(file + ", issuer " + number + ": " + problem + ".");
        }
    }
}
