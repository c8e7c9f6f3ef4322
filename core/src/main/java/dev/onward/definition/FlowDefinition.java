package dev.onward.definition;

import dev.onward.flow.Flow;
import dev.onward.model.FlowFormatException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A flow's definition as it is published: what was written, without white space and comments. Reviewed.
 *
 * @param flow as version 1
 * @param json in the order in which it was written, which counts: a form may be drawn in that order
 */
public record FlowDefinition(Flow flow, String json) {
    private static final MessageDigest SHA_256 = newSha256();

    /**
     * Reviews a definition that is to be published.
     *
     * @param file the name for error messages
     * @param text YAML or JSON
     * @throws FlowFormatException listing all that is wrong
     */
    public static FlowDefinition of(String file, String text) {
        return check(file, text).orElseThrow();
    }

    /**
     * Tells all that is wrong with a definition that is to be published, and what is likely a slip.
     *
     * @param file the name for errors and warnings
     * @param text YAML or JSON
     */
    public static FlowCheck check(String file, String text) {
        return FlowReader.check(file, text);
    }

    /** The one that comes with Onward. It is reviewed when Onward is built, not at every start. */
    public static FlowDefinition builtIn() {
        return FlowReader.reviewed(BuiltInFlow.GENESIS, BuiltInFlow.text());
    }

    /** Tells contents apart: SHA-256 in hexadecimal digits. */
    public String hash() {
        return hash(json);
    }

    /** Tells texts apart: SHA-256 in hexadecimal digits. */
    public static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for a text in UTF-8. */
    public static String hash(byte[] text) {
        return HexFormat.of().formatHex(sha256().digest(text));
    }

    /** A copy: to ask Java's security providers for one takes ten times as long, which thousands of files add up. */
    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return newSha256(); // of a security provider whose digests cannot be copied
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
