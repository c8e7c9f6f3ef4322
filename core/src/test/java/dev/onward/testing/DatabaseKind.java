package dev.onward.testing;

import java.util.List;

/** The databases that every test of a store runs on. */
public enum DatabaseKind {
    SQLITE,
    POSTGRESQL;

    /** The databases of {@link OnOneDatabase}. */
    static List<DatabaseKind> one() {
        return Boolean.getBoolean("onward.long") ? List.of(values()) : List.of(SQLITE);
    }
}
