package dev.onward.server.config;

/** A setting is wrong. The message is one line that names it, says where it came from and what would be right. */
public final class SettingsException extends RuntimeException {
    SettingsException(String message) {
        super(message);
    }
}
