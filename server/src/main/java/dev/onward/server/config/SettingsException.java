package dev.onward.server.config;

/** A setting is invalid. The message is one line with its name, its source and the valid values. */
public final class SettingsException extends RuntimeException {
    SettingsException(String message) {
        super(message);
    }
}
