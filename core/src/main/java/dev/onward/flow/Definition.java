package dev.onward.flow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * A flow's definition as it is published: what was written, without white space and comments. Reviewed.
 *
 * @param flow as version 1
 * @param json in the order in which it was written, which counts: a form may be drawn in that order
 */
public record Definition(Flow flow, String json) {

    /**
     * Reviews a definition that is to be published.
     *
     * @param file the name for error messages
     * @param text YAML or JSON
     * @throws FlowFormatException listing all that is wrong
     */
    public static Definition of(String file, String text) {
        Definition definition = FlowReader.definition(file, text);
        if (!FlowReader.isReadable(definition.json())) {
            throw new FlowFormatException(List.of(new FlowError(
                    file, OptionalInt.empty(), "", "cannot be kept as JSON: write it shorter, in plain text")));
        }
        return definition;
    }

    /** The one that comes with Onward. It is reviewed when Onward is built, not at every start. */
    public static Definition builtIn() {
        return FlowReader.reviewed(BuiltIn.GENESIS, BuiltIn.text());
    }

    /** Tells contents apart: SHA-256 in hexadecimal digits. */
    public String hash() {
        return hash(json);
    }

    static String hash(String json) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
