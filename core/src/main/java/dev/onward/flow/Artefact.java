package dev.onward.flow;

import java.util.Locale;

/** What is created from the answer to a step. */
public enum Artefact {
    KBLOCK;

    /** The name in the API and in flow files. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
