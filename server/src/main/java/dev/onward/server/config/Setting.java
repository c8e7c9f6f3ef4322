package dev.onward.server.config;

import dev.onward.web.access.OperatorKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every setting there is: what it is called in each place, what it is by default, and what it means. */
public enum Setting {
    PORT("PORT", "8080", "The port to listen on; 0 takes a free one."),
    HOST("ADDRESS", "127.0.0.1", "The address to listen on; 0.0.0.0 is every address of this machine."),
    DB(
            "URL",
            "sqlite:./data/onward.db",
            "Where the data is: sqlite:FILE or postgresql://user@host/database. Every user of this machine can read a"
                    + " password here: set ONWARD_DB or PGPASSFILE instead."),
    DB_WAIT(
            "TIME",
            "30s",
            "How long to try until the first connection to PostgreSQL stands, from 0s (one attempt) to 1h."),
    COMMIT_WAIT(
            "TIME",
            "15s",
            "How long a commit may take on PostgreSQL, from 1s to 1h, its wait for a synchronous standby included. After"
                    + " that the caller gets 503 outcome_unknown, and the commit goes on."),
    POOLER(
            "POOLER",
            "auto",
            "auto checks each connection for a pooler in transaction mode, and prepares no statements behind one; none"
                    + " says that there is none."),
    MODE(
            "MODE",
            "",
            "local trusts whoever reaches the server, public does not. By default local on a loopback address,"
                    + " public elsewhere."),
    TRUSTED_PROXIES(
            "ADDRESSES",
            "127.0.0.0/8,::1",
            "The addresses or networks of the proxies whose Forwarded and X-Forwarded-Proto say whether the client uses"
                    + " HTTPS; or none."),
    OPERATOR_KEY("KEY", "", "The operator's key, at least " + OperatorKey.SHORTEST + " characters."),
    FLOWS("DIR", "", "A folder of flow files, published at every start; none where it is not said."),
    MIGRATE("HOW", "auto", "What serve does where the database's schema is behind: auto brings it up, check refuses."),
    CLEANUP_EVERY("TIME", "1h", "How often abandoned sessions are deleted: 90s, 15m, 1h, 1d."),
    CLEANUP_HOURS("HOURS", "24", "How many hours an open session is kept, from 1 to 87600."),
    BATCH_SIZE(
            "CALLS", "256", "How many calls are served by one transaction at most, from 1 (each by its own) to 256."),
    MAX_CONNECTIONS(
            "COUNT",
            "2000",
            "Maximum open connections, from 16 to 100000; each one above it gets 503 and is closed. The process needs"
                    + " about as many file descriptors."),
    DRAIN(
            "TIME",
            "5s",
            "How long serve goes on accepting after SIGTERM, while /health/ready says 503: longer than the interval at"
                    + " which a balancer asks. Ctrl-C (SIGINT) does not wait."),
    LOG_FORMAT("FORMAT", "plain", "How log lines look on stderr: plain or json."),
    LOG_LEVEL("LEVEL", "info", "How much Onward says in its log: debug, info, warn or error.");

    private final String placeholder;
    private final String fallback;
    private final String meaning;

    Setting(String placeholder, String fallback, String meaning) {
        this.placeholder = placeholder;
        this.fallback = fallback;
        this.meaning = meaning;
    }

    /** The key in {@code onward.yaml}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The option on the command line; the operator's key has none, because every user of a machine can read it there. */
    public Optional<String> option() {
        return this == OPERATOR_KEY ? Optional.empty() : Optional.of("--" + key().replace('_', '-'));
    }

    /** The environment variable. */
    public String variable() {
        return "ONWARD_" + name();
    }

    /** What stands for the value in the help. */
    public String placeholder() {
        return placeholder;
    }

    /** What it is where nobody says otherwise; empty where that depends on other settings. */
    public String fallback() {
        return fallback;
    }

    /** What it means, in a sentence or two. */
    public String meaning() {
        return meaning;
    }

    /** Whether a value may be repeated in a message. */
    boolean secret() {
        return this == OPERATOR_KEY || this == DB;
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }
}
