package dev.onward.server.config;

import java.util.function.Function;

/**
 * The text of a setting.
 *
 * @param origin its source, for messages
 */
record SettingValue(Setting setting, String text, String origin) {

    /** Converts the value. The conversion throws IllegalArgumentException for invalid text. */
    <T> T as(Function<String, T> reading, String rule) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(rule);
        }
    }

    /** @param rule the valid values, to complete the sentence "It must …" */
    SettingsException wrong(String rule) {
        String value = setting.secret() ? "" : " is \"" + text + "\", which is invalid.";
        String subject = value.isEmpty() ? " has an invalid value." : value;
        return new SettingsException(
                "The setting " + setting.key() + " (" + origin + ")" + subject + " It must " + rule + ".");
    }
}
