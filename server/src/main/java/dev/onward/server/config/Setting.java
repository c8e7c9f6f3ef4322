package dev.onward.server.config;

import dev.onward.web.access.OperatorKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** All settings: their names in each source, their defaults and descriptions. */
public enum Setting {
    PORT("PORT", "8080", "Port to listen on; 0 picks a free one."),
    HOST("ADDRESS", "127.0.0.1", "Address to listen on; 0.0.0.0 means every address of this machine."),
    DB(
            "URL",
            "sqlite:./data/onward.db",
            "Database: sqlite:FILE or postgresql://user@host/database. Every user of this machine can read a"
                    + " password here: use ONWARD_DB or PGPASSFILE instead."),
    DB_WAIT("TIME", "30s", "How long to retry the first connection to PostgreSQL, from 0s (one attempt) to 1h."),
    COMMIT_WAIT(
            "TIME",
            "15s",
            "Maximum wait for a PostgreSQL commit, including its synchronous standby, from 1s to 1h. After that"
                    + " the caller gets 503 outcome_unknown, and the commit continues."),
    POOLER(
            "POOLER",
            "auto",
            "auto checks each connection for a pooler in transaction mode, and prepares no statements behind one; none"
                    + " skips the check."),
    MODE(
            "MODE",
            "",
            "local trusts every client, public requires the operator's key to name a user. Default: local on a"
                    + " loopback address, public elsewhere."),
    TRUSTED_PROXIES(
            "ADDRESSES",
            "127.0.0.0/8,::1",
            "Comma-separated addresses or networks of the proxies whose Forwarded and X-Forwarded-Proto headers tell"
                    + " whether the client uses HTTPS; or none."),
    OPERATOR_KEY("KEY", "", "The operator's key, at least " + OperatorKey.MIN_LENGTH + " characters."),
    ISSUERS(
            "FILE",
            "",
            "File with the identity providers whose tokens prove users; see docs/identity.md. Default: none."),
    CORS_ORIGINS("ORIGINS", "", "Comma-separated origins whose pages may call the API from a browser. Default: none."),
    CORS_CREDENTIALS("BOOLEAN", "false", "Whether pages of cors_origins may use cookies: true or false."),
    FLOWS("DIR", "", "Folder of flow files, published at each start. Default: none."),
    MIGRATE("HOW", "auto", "What serve does when the schema is behind: auto migrates, check refuses to start."),
    CLEANUP_EVERY("TIME", "1h", "How often abandoned sessions are deleted: 90s, 15m, 1h, 1d."),
    CLEANUP_HOURS("HOURS", "24", "Hours to keep an open session after the last activity, from 1 to 87600."),
    BATCH_SIZE("CALLS", "256", "Maximum concurrent calls per transaction, from 1 to 256; 1 disables batching."),
    MAX_CONNECTIONS(
            "COUNT",
            "2000",
            "Maximum open connections, from 16 to 100000; further ones get 503 and are closed. The process needs"
                    + " about as many file descriptors."),
    DRAIN(
            "TIME",
            "5s",
            "How long serve accepts requests after SIGTERM, while /health/ready returns 503. Set it longer than the"
                    + " load balancer's check interval. Ctrl-C (SIGINT) does not wait."),
    LOG_FORMAT("FORMAT", "plain", "Format of log lines on stderr: plain or json."),
    LOG_LEVEL("LEVEL", "info", "Log level on stderr: debug, info, warn or error.");

    private final String placeholder;
    private final String defaultValue;
    private final String description;

    Setting(String placeholder, String defaultValue, String description) {
        this.placeholder = placeholder;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** The key in {@code onward.yaml}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The option on the command line. The operator's key has none, because every user of the machine could read it
     * there.
     */
    public Optional<String> option() {
        return this == OPERATOR_KEY ? Optional.empty() : Optional.of("--" + key().replace('_', '-'));
    }

    /** The environment variable. */
    public String variable() {
        return "ONWARD_" + name();
    }

    /** The placeholder for the value in the help. */
    public String placeholder() {
        return placeholder;
    }

    /** The default; empty if it depends on other settings. */
    public String defaultValue() {
        return defaultValue;
    }

    /** The description in the help: one or two sentences. */
    public String description() {
        return description;
    }

    /** Whether messages must not contain the value. */
    boolean secret() {
        return this == OPERATOR_KEY || this == DB;
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }
}
