package dev.onward.flow;

import java.util.Locale;

/** What the answer to a step may become. */
public enum Artefact {
    KBLOCK;

    /** The name on the wire and in flow files. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
