package dev.onward.definition;

import dev.onward.flow.Flow;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A reviewed definition of a flow, without white space and comments.
 *
 * @param flow as version 1
 * @param json the definition in its original order, because a form may be drawn in that order
 */
public record FlowDefinition(Flow flow, String json) {
    private static final MessageDigest SHA_256 = newSha256();

    /**
     * Reviews a definition for publishing.
     *
     * @param file the name for error messages
     * @param text YAML or JSON
     * @throws InvalidFlow with all errors
     */
    public static FlowDefinition of(String file, String text) {
        return check(file, text).orElseThrow();
    }

    /**
     * Finds all errors and warnings of a definition for publishing.
     *
     * @param file the name for errors and warnings
     * @param text YAML or JSON
     */
    public static FlowCheck check(String file, String text) {
        return FlowReader.check(file, text);
    }

    /** The built-in definition. It is reviewed when Onward is built, not at every start. */
    public static FlowDefinition builtIn() {
        return FlowReader.reviewed(BuiltInFlow.GENESIS, BuiltInFlow.text());
    }

    /** The SHA-256 of the definition in hexadecimal digits. */
    public String hash() {
        return hash(json);
    }

    /** The SHA-256 of a text in hexadecimal digits. */
    public static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 of a text in UTF-8. */
    public static String hash(byte[] text) {
        return HexFormat.of().formatHex(sha256().digest(text));
    }

    /**
     * Clones a digest, because looking one up in the security providers takes ten times as long, which adds up for
     * thousands of files.
     */
    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return newSha256(); // The digests of this security provider cannot be cloned.
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
