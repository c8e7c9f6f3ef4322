package dev.onward.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.retention.RetentionHours;
import dev.onward.web.access.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private final Map<Setting, String> options = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void theDefaultsServeThisMachineOnly() {
        Settings settings = settings();

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.mode()).isEqualTo(Mode.LOCAL);
        assertThat(settings.database())
                .isEqualTo(new DatabaseUrl.Sqlite(Path.of("data/onward.db").toAbsolutePath()));
        assertThat(settings.operatorKey()).isEmpty();
        assertThat(settings.flows()).isEmpty();
        assertThat(settings.migrate()).isEqualTo(MigrationPolicy.AUTO);
        assertThat(settings.cleanupEvery()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.cleanupHours()).isEqualTo(RetentionHours.DEFAULT);
        assertThat(settings.maxConnections()).isEqualTo(2000);
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.commitWait()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.logFormat()).isEqualTo(LogFormat.PLAIN);
        assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
    }

    @Test
    void optionsOverrideTheEnvironmentThatOverridesTheFileThatOverridesDefaults() throws IOException {
        write("port: 1003\nhost: 127.0.0.3\ncleanup_hours: 3\n");
        environment.put("ONWARD_PORT", "1002");
        environment.put("ONWARD_HOST", "127.0.0.2");
        options.put(Setting.PORT, "1001");

        Settings settings = settings();

        assertThat(settings.port()).isEqualTo(1001);
        assertThat(settings.host()).isEqualTo("127.0.0.2");
        assertThat(settings.cleanupHours()).isEqualTo(new RetentionHours(3));
        assertThat(settings.migrate()).isEqualTo(MigrationPolicy.AUTO);
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        environment.put("ONWARD_PORT", "");

        assertThat(settings().port()).isEqualTo(8080);
    }

    @Test
    void theEnvironmentMayNameTheFile() throws IOException {
        Files.writeString(folder.resolve("other.yaml"), "port: 1004");
        environment.put("ONWARD_CONFIG", "other.yaml");

        assertThat(settings().port()).isEqualTo(1004);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void eachSettingIsAVariableAndAKey(Setting setting) throws IOException {
        String wrong = "\u0000";
        environment.put(setting.variable(), wrong);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(this::settings)
                .withMessageContaining(setting.key())
                .withMessageContaining("environment variable " + setting.variable());

        environment.clear();
        write("# settings\n" + setting.key() + ": \"\\0\"\n");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(this::settings)
                .withMessageContaining(setting.key())
                .withMessageContaining("onward.yaml line 2");
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, 65536, be a whole number from 0 to 65535",
        "PORT, -1, be a whole number from 0 to 65535",
        "PORT, 80a, be a whole number from 0 to 65535",
        "MODE, open, be local or public",
        "MIGRATE, no, be auto or check",
        "LOG_FORMAT, xml, be plain or json",
        "LOG_LEVEL, INFO, 'be debug or info or warn or error'",
        "CLEANUP_HOURS, 0, be a whole number from 1 to 87600",
        "CLEANUP_HOURS, 1.5, be a whole number from 1 to 87600",
        "BATCH_SIZE, 0, be a whole number from 1 to 256",
        "BATCH_SIZE, 257, be a whole number from 1 to 256",
        "CLEANUP_EVERY, 0s, 'be a time from 1s to 365d'",
        "CLEANUP_EVERY, 366d, 'be a time from 1s to 365d'",
        "CLEANUP_EVERY, 1, 'be a time from 1s to 365d'",
        "CLEANUP_EVERY, -1h, 'be a time from 1s to 365d'",
        "MAX_CONNECTIONS, 15, be a whole number from 16 to 100000",
        "MAX_CONNECTIONS, 100001, be a whole number from 16 to 100000",
        "TRUSTED_PROXIES, proxy.example, 'be comma-separated addresses or networks'",
        "TRUSTED_PROXIES, 10.0.0.0/33, 'be comma-separated addresses or networks'",
        "COMMIT_WAIT, 0s, 'be a time from 1s to 1h'",
        "COMMIT_WAIT, 61m, 'be a time from 1s to 1h'",
        "DRAIN, 11m, 'be a time from 0s to 10m'",
        "DRAIN, 5, 'be a time from 0s to 10m'",
        "HOST, no.such.host.invalid, be an address or name of this machine",
    })
    void aWrongOneIsNamedWithItsOriginAndWhatIsRight(Setting setting, String text, String rule) {
        options.put(setting, text);

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(this::settings)
                .withMessageContaining(setting.key())
                .withMessageContaining("option --" + setting.key().replace('_', '-'))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("It must " + rule);
    }

    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "15m, PT15M", "1h, PT1H", "2d, PT48H"})
    void aDurationIsANumberWithAUnit(String text, Duration time) {
        options.put(Setting.CLEANUP_EVERY, text);

        assertThat(settings().cleanupEvery()).isEqualTo(time);
    }

    @Test
    void theDrainTimeMayBeZero() {
        options.put(Setting.DRAIN, "0s");

        assertThat(settings().drain()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, LOCAL",
        "127.8.9.1, LOCAL",
        "localhost, LOCAL",
        "::1, LOCAL",
        "0.0.0.0, PUBLIC",
        "::, PUBLIC"
    })
    void theModeIsLocalOnLoopbackAndPublicElsewhere(String host, Mode mode) {
        options.put(Setting.HOST, host);

        assertThat(settings().mode()).isEqualTo(mode);
    }

    @Test
    void aTildeMeansTheHomeFolderInEveryPath() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        environment.put("HOME", home.toString());
        Files.writeString(home.resolve("mine.yaml"), "db: sqlite:~/x.db\nflows: ~/flows\n");
        environment.put("ONWARD_CONFIG", "~/mine.yaml");

        Settings settings = settings();

        assertThat(settings.database()).isEqualTo(new DatabaseUrl.Sqlite(home.resolve("x.db")));
        assertThat(settings.flows()).contains(home.resolve("flows"));
        environment.put("ONWARD_CONFIG", "~ann/mine.yaml");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(this::settings)
                .withMessageContaining("ONWARD_CONFIG");
    }

    @Test
    void theModeCanBeSet() {
        options.put(Setting.HOST, "0.0.0.0");
        options.put(Setting.MODE, "local");

        assertThat(settings().mode()).isEqualTo(Mode.LOCAL);
    }

    @Test
    void theOperatorKeyIsNoOption() {
        assertThat(Setting.OPERATOR_KEY.option()).isEmpty();
    }

    @Test
    void theOperatorKeyHas32CharactersAndIsNeverShown() {
        environment.put("ONWARD_OPERATOR_KEY", KEY);
        Settings settings = settings();
        assertThat(settings.operatorKey())
                .hasValueSatisfying(key -> assertThat(key.matches(KEY)).isTrue());
        assertThat(settings.toString()).doesNotContain(KEY);

        String shorter = KEY.substring(1);
        environment.put("ONWARD_OPERATOR_KEY", shorter);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(this::settings)
                .withMessageContaining("at least 32 characters")
                .withMessageNotContaining(shorter);
    }

    @Test
    void anInvalidDatabaseUrlIsNotRepeatedBecauseItMayContainAPassword() {
        options.put(Setting.DB, "mysql://root:s3cret@db/onward");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(this::settings)
                .withMessageContaining("option --db")
                .withMessageContaining("sqlite:FILE")
                .withMessageContaining("postgresql://user[:password]@host[:port]/database")
                .withMessageNotContaining("s3cret");
    }

    @Test
    void onlyAnOptionExposesAPassword() throws IOException {
        String url = "postgresql://ann:s3cret@db/onward";
        environment.put("ONWARD_DB", url);
        write("db: " + url);
        assertThat(sources().exposedPassword()).isEmpty();

        options.put(Setting.DB, "postgresql://ann@db/onward");
        assertThat(sources().exposedPassword()).isEmpty();

        options.put(Setting.DB, url);
        assertThat(sources().exposedPassword()).contains("option --db");
    }

    @Test
    void aPasswordIsNeverShown() {
        options.put(Setting.DB, "postgresql://ann:s3cret@db/onward");

        assertThat(settings().toString()).contains("ann@db/onward").doesNotContain("s3cret");
    }

    private Settings settings() {
        return Settings.of(sources());
    }

    private SettingSources sources() {
        return SettingSources.in(folder, options, environment);
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("onward.yaml"), yaml);
    }
}
