package dev.onward.server.config;

import java.util.function.Function;

/**
 * A setting's value as somebody gave it.
 *
 * @param origin where it was given, for people
 */
record SettingValue(Setting setting, String text, String origin) {

    /** The value as the reading gives it, which throws IllegalArgumentException where the text is none. */
    <T> T as(Function<String, T> reading, String rule) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(rule);
        }
    }

    /** @param rule what the value must be, as the rest of a sentence that begins with "It must" */
    SettingsException wrong(String rule) {
        String shown = setting.secret() ? "" : " is \"" + text + "\", which is invalid.";
        String subject = shown.isEmpty() ? " has an invalid value." : shown;
        return new SettingsException(
                "The setting " + setting.key() + " (" + origin + ")" + subject + " It must " + rule + ".");
    }
}
