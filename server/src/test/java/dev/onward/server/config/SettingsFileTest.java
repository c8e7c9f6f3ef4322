package dev.onward.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing but a comment\n", "{}"})
    void anEmptyFileSetsNothing(String yaml) {
        assertThat(read(yaml)).isEmpty();
    }

    @Test
    void rejectsAnUnknownKeyWithItsLineAndTheValidKeys() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read("port: 1\n\nprot: 2\n"))
                .withMessageContaining("onward.yaml line 3: there is no setting \"prot\"")
                .withMessageContaining("port, host, db");
    }

    @Test
    void rejectsADuplicateKeyWithItsLine() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read("port: 1\nport: 2\n"))
                .withMessageContaining("onward.yaml line 2")
                .withMessageContaining("port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"port: [1]", "port: {a: 1}"})
    void aSettingHasOnePlainValue(String yaml) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(yaml))
                .withMessageContaining("onward.yaml line 1: port must have a single value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- port", "8080", "port: 'x", "a: &a [*a]", "? [a]\n: b", "port: \u0007"})
    void rejectsAFileThatIsNoMappingInOneLine(String yaml) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(yaml))
                .satisfies(
                        e -> assertThat(e.getMessage()).contains("onward.yaml").hasLineCount(1));
    }

    @Test
    void namesAFileThatCannotBeRead() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SettingsFile.read(folder.resolve("missing.yaml")))
                .withMessageContaining("missing.yaml cannot be read")
                .withMessageContaining("--config");
    }

    private Map<Setting, SettingValue> read(String yaml) {
        try {
            return SettingsFile.read(Files.writeString(folder.resolve("onward.yaml"), yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
