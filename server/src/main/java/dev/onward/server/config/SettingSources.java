package dev.onward.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The sources of settings. Options override the environment, which overrides the file, which overrides defaults. */
public final class SettingSources {
    /** The environment variable with the path of the settings file. */
    public static final String FILE_VARIABLE = "ONWARD_CONFIG";

    /** A variable of the launcher; the server ignores it. */
    private static final String LAUNCHER_VARIABLE = "ONWARD_AOT";

    private static final String DEFAULT_FILE = "onward.yaml";

    private final Map<Setting, String> options;
    private final Map<String, String> environment;
    private final Map<Setting, SettingValue> file;

    /**
     * @param options the options on the command line
     * @param environment the environment variables
     * @param file the entries of the file, see {@link #file}
     */
    private SettingSources(
            Map<Setting, String> options, Map<String, String> environment, Map<Setting, SettingValue> file) {
        this.options = Map.copyOf(options);
        this.environment = environment;
        this.file = file;
    }

    /**
     * Sources with the file that the environment names, otherwise with {@code onward.yaml} of the folder, if it exists.
     */
    public static SettingSources in(Path folder, Map<Setting, String> options, Map<String, String> environment) {
        String named = environment.getOrDefault(FILE_VARIABLE, "");
        if (!named.isBlank()) {
            return with(folder, named, options, environment);
        }
        return Files.exists(folder.resolve(DEFAULT_FILE))
                ? with(folder, DEFAULT_FILE, options, environment)
                : new SettingSources(options, environment, Map.of());
    }

    /**
     * Sources with a given file.
     *
     * @param folder the folder to which a relative path refers
     * @throws SettingsException if the file cannot be read, or contains an unknown key
     */
    public static SettingSources with(
            Path folder, String file, Map<Setting, String> options, Map<String, String> environment) {
        return new SettingSources(options, environment, SettingsFile.read(path(folder, file, environment)));
    }

    private static Path path(Path folder, String file, Map<String, String> environment) {
        try {
            return folder.resolve(HomeFolder.of(environment).path(file));
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "\"" + file + "\" is not a path. Name a settings file with --config or " + FILE_VARIABLE + ".");
        }
    }

    /** Environment variables with Onward's prefix that are no setting, most likely misspelled. */
    public static Set<String> unknown(Map<String, String> environment) {
        Set<String> unknown = new TreeSet<>(environment.keySet());
        unknown.removeIf(name -> !name.startsWith("ONWARD_"));
        unknown.removeAll(Set.of(FILE_VARIABLE, LAUNCHER_VARIABLE));
        Arrays.stream(Setting.values()).map(Setting::variable).forEach(unknown::remove);
        return unknown;
    }

    /** The folder that {@code ~/} means in a path. */
    HomeFolder home() {
        return HomeFolder.of(environment);
    }

    /** The option that shows the database's password to every user of the machine. */
    public Optional<String> exposedPassword() {
        return option(Setting.DB)
                .filter(value ->
                        DatabaseUrl.parse(value.text(), home()).stream().anyMatch(DatabaseUrl::holdsPassword))
                .map(SettingValue::origin);
    }

    /** The value from the first source that has one. An empty variable counts as not set. */
    SettingValue find(Setting setting) {
        return option(setting)
                .or(() -> variable(setting))
                .or(() -> Optional.ofNullable(file.get(setting)))
                .orElseGet(() -> new SettingValue(setting, setting.defaultValue(), "its default"));
    }

    private Optional<SettingValue> option(Setting setting) {
        return setting.option()
                .flatMap(option -> Optional.ofNullable(options.get(setting))
                        .map(text -> new SettingValue(setting, text, "option " + option)));
    }

    private Optional<SettingValue> variable(Setting setting) {
        return Optional.ofNullable(environment.get(setting.variable()))
                .filter(text -> !text.isEmpty())
                .map(text -> new SettingValue(setting, text, "environment variable " + setting.variable()));
    }
}
