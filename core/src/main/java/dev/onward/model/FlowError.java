package dev.onward.model;

import java.util.OptionalInt;

/**
 * One thing that is wrong with a flow definition.
 *
 * @param file the file or resource, or another name of the definition
 * @param line counted from 1; empty where it is about the whole file
 * @param key the path of the key that it is about; empty where that is the whole flow
 * @param problem what is wrong and how to mend it, as the rest of a sentence that begins with the key
 */
public record FlowError(String file, OptionalInt line, String key, String problem) {

    /** {@return the error in one line: file, line, key, what to do} */
    public String text() {
        return place() + ": " + detail();
    }

    /** {@return the same as a warning, for a likely mistake} */
    public String warning() {
        return place() + ": warning: " + detail();
    }

    private String place() {
        return line.isPresent() ? file + ":" + line.getAsInt() : file;
    }

    /** {@return the same without file and line} */
    public String detail() {
        return (key.isEmpty() ? "the flow" : key) + " " + problem + (problem.endsWith("?") ? "" : ".");
    }
}
