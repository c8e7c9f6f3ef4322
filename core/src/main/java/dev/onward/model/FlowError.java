package dev.onward.model;

import java.util.OptionalInt;

/**
 * One thing that is wrong with a flow definition.
 *
 * @param line counted from 1; empty where it is about the whole file
 * @param key the path of the key that it is about; empty where that is the whole flow
 * @param problem what is wrong and how to mend it, as the rest of a sentence that begins with the key
 */
public record FlowError(String file, OptionalInt line, String key, String problem) {

    /** As people read it: file, line, key, what to do. */
    public String text() {
        return place() + ": " + detail();
    }

    /** The same for what is no error but likely a slip. */
    public String warning() {
        return place() + ": warning: " + detail();
    }

    private String place() {
        return line.isPresent() ? file + ":" + line.getAsInt() : file;
    }

    /** The same without its place. */
    public String detail() {
        return (key.isEmpty() ? "the flow" : key) + " " + problem + (problem.endsWith("?") ? "" : ".");
    }
}
