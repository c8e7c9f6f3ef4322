package dev.onward.server.config;

import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.model.OnboardingException;
import dev.onward.retention.RetentionHours;
import dev.onward.web.access.CorsPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import dev.onward.web.access.TrustedProxies;
import dev.onward.web.jwt.TokenIssuer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All settings, validated.
 *
 * @param host a resolvable name or address of this machine
 * @param dbWait how long to retry the first connection to PostgreSQL; zero for one attempt
 * @param commitWait how long a commit may take on PostgreSQL before the caller gets {@code outcome_unknown}
 * @param operatorKey empty if none is set
 * @param issuers the identity providers whose tokens prove users; empty if none is set
 * @param cors the other origins whose pages may call the API
 * @param flows the folder of flow files; empty if none is set
 * @param drain how long the server accepts requests after the signal to stop; zero to stop accepting at once
 */
public record Settings(
        int port,
        String host,
        DatabaseUrl database,
        Duration dbWait,
        Duration commitWait,
        Pooler pooler,
        Mode mode,
        TrustedProxies trustedProxies,
        Optional<OperatorKey> operatorKey,
        List<TokenIssuer> issuers,
        CorsPolicy cors,
        Optional<Path> flows,
        MigrationPolicy migrate,
        Duration cleanupEvery,
        RetentionHours cleanupHours,
        int batchSize,
        int maxConnections,
        Duration drain,
        LogFormat logFormat,
        LogLevel logLevel) {

    private static final int MAX_PORT = 65_535;
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final Duration MAX_TIME = Duration.ofDays(365);
    private static final Duration MAX_DRAIN = Duration.ofMinutes(10);
    private static final int MIN_CONNECTIONS = 16;
    private static final int MAX_CONNECTIONS = 100_000;
    private static final Duration MAX_WAIT = Duration.ofHours(1);

    public Settings {
        issuers = List.copyOf(issuers);
    }

    /** @throws SettingsException for the first invalid setting */
    public static Settings of(SettingSources sources) {
        String host = host(sources.find(Setting.HOST));
        return new Settings(
                sources.find(Setting.PORT).as(Settings::port, "be a whole number from 0 to " + MAX_PORT),
                host,
                database(sources.find(Setting.DB), sources.home()),
                sources.find(Setting.DB_WAIT).as(Settings::dbWait, "be a time from 0s to 1h, such as 30s"),
                sources.find(Setting.COMMIT_WAIT).as(Settings::commitWait, "be a time from 1s to 1h, such as 15s"),
                oneOf(Pooler.class, sources.find(Setting.POOLER)),
                mode(sources.find(Setting.MODE), host),
                sources.find(Setting.TRUSTED_PROXIES).as(TrustedProxies::parse, TrustedProxies.RULE),
                operatorKey(sources.find(Setting.OPERATOR_KEY)),
                issuers(sources.find(Setting.ISSUERS), sources.home()),
                cors(sources.find(Setting.CORS_ORIGINS), sources.find(Setting.CORS_CREDENTIALS)),
                flows(sources.find(Setting.FLOWS), sources.home()),
                oneOf(MigrationPolicy.class, sources.find(Setting.MIGRATE)),
                sources.find(Setting.CLEANUP_EVERY)
                        .as(Settings::time, "be a time from 1s to 365d, such as 90s, 15m or 1h"),
                sources.find(Setting.CLEANUP_HOURS).as(Settings::hours, "be a whole number from 1 to 87600"),
                sources.find(Setting.BATCH_SIZE)
                        .as(Settings::batchSize, "be a whole number from 1 to " + BatchSettings.MAX_SIZE),
                sources.find(Setting.MAX_CONNECTIONS)
                        .as(
                                Settings::connections,
                                "be a whole number from " + MIN_CONNECTIONS + " to " + MAX_CONNECTIONS),
                sources.find(Setting.DRAIN).as(Settings::drain, "be a time from 0s to 10m, such as 5s"),
                oneOf(LogFormat.class, sources.find(Setting.LOG_FORMAT)),
                oneOf(LogLevel.class, sources.find(Setting.LOG_LEVEL)));
    }

    /** The address of the database and how to connect. */
    public DatabaseAccess databaseAccess() {
        return new DatabaseAccess(database, pooler, dbWait);
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port");
        }
        return port;
    }

    private static int batchSize(String text) {
        int size = Integer.parseInt(text);
        if (size < 1 || size > BatchSettings.MAX_SIZE) {
            throw new IllegalArgumentException("batch size");
        }
        return size;
    }

    private static int connections(String text) {
        int connections = Integer.parseInt(text);
        if (connections < MIN_CONNECTIONS || connections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException("connections");
        }
        return connections;
    }

    private static String host(SettingValue settingValue) {
        if (settingValue.text().isBlank() || !resolves(settingValue.text())) {
            throw settingValue.wrong("be an address or name of this machine, such as 127.0.0.1 or 0.0.0.0");
        }
        return settingValue.text();
    }

    private static boolean resolves(String host) {
        try {
            return !InetAddress.getByName(host).getHostAddress().isEmpty();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static DatabaseUrl database(SettingValue settingValue, HomeFolder home) {
        return DatabaseUrl.parse(settingValue.text(), home)
                .orElseThrow(() -> settingValue.wrong("be " + DatabaseUrl.RULE));
    }

    private static Mode mode(SettingValue settingValue, String host) {
        return settingValue.text().isEmpty() ? defaultMode(host) : oneOf(Mode.class, settingValue);
    }

    private static Mode defaultMode(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress() ? Mode.LOCAL : Mode.PUBLIC;
        } catch (UnknownHostException e) {
            return Mode.PUBLIC;
        }
    }

    private static Optional<OperatorKey> operatorKey(SettingValue settingValue) {
        return settingValue.text().isEmpty()
                ? Optional.empty()
                : Optional.of(settingValue.as(
                        OperatorKey::of,
                        "have at least " + OperatorKey.MIN_LENGTH
                                + " characters: generate one with \"openssl rand -hex 32\""));
    }

    private static List<TokenIssuer> issuers(SettingValue settingValue, HomeFolder home) {
        return settingValue.text().isEmpty()
                ? List.of()
                : IssuersFile.read(settingValue.as(home::path, "be the path of a file"));
    }

    private static CorsPolicy cors(SettingValue origins, SettingValue credentials) {
        Set<String> parsed = origins.text().isEmpty() ? Set.of() : origins.as(CorsPolicy::parse, CorsPolicy.RULE);
        return new CorsPolicy(parsed, credentials.as(Settings::bool, "be true or false"));
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("boolean");
        };
    }

    private static Optional<Path> flows(SettingValue settingValue, HomeFolder home) {
        return settingValue.text().isEmpty()
                ? Optional.empty()
                : Optional.of(settingValue.as(home::path, "be the path of a folder"));
    }

    private static Duration drain(String text) {
        Duration drain = parsed(text);
        if (drain.compareTo(MAX_DRAIN) > 0) {
            throw new IllegalArgumentException("drain");
        }
        return drain;
    }

    private static Duration dbWait(String text) {
        Duration wait = parsed(text);
        if (wait.compareTo(MAX_WAIT) > 0) {
            throw new IllegalArgumentException("wait");
        }
        return wait;
    }

    private static Duration commitWait(String text) {
        Duration wait = dbWait(text);
        if (wait.isZero()) {
            throw new IllegalArgumentException("wait");
        }
        return wait;
    }

    private static Duration time(String text) {
        Duration time = parsed(text);
        if (!time.isPositive() || time.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException("time");
        }
        return time;
    }

    private static Duration parsed(String text) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("time");
        }
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static RetentionHours hours(String text) {
        try {
            return RetentionHours.parse(text);
        } catch (OnboardingException.InvalidField e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, SettingValue settingValue) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> word(value).equals(settingValue.text()))
                .findFirst()
                .orElseThrow(() -> settingValue.wrong("be "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Settings::word)
                                .collect(Collectors.joining(" or "))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
