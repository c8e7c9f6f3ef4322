package dev.onward.model;

import java.util.Locale;

/** What a person did with a step. */
public enum StepState {
    /** Nothing yet. */
    OPEN,
    /** They answered it. */
    DONE,
    /** They left it out. */
    SKIPPED;

    /** {@return the name in JSON} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
