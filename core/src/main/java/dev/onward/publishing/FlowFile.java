package dev.onward.publishing;

import dev.onward.definition.FlowCheck;
import dev.onward.definition.FlowDefinition;
import dev.onward.model.FlowError;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A file that defines a flow. */
public final class FlowFile {
    private static final int MAX_BYTES = 1024 * 1024;

    private FlowFile() {}

    /**
     * Reads and reviews a file.
     *
     * @param name for error messages
     * @throws InvalidFlow with all errors, including that the file cannot be read
     */
    public static FlowDefinition read(Path path, String name) {
        return FlowDefinition.of(name, text(path, name));
    }

    /** Finds all errors and warnings. */
    public static FlowCheck check(Path path, String name) {
        try {
            return FlowDefinition.check(name, text(path, name));
        } catch (InvalidFlow e) {
            return new FlowCheck(Optional.empty(), e.errors(), List.of());
        }
    }

    /** @throws InvalidFlow if it cannot be read */
    private static String text(Path path, String name) {
        return text(bytes(path, name), name);
    }

    /** @throws InvalidFlow if it cannot be read, or is too large */
    static byte[] bytes(Path path, String name) {
        try (InputStream in = new FileInputStream(path.toFile())) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw wrong(name, "is larger than 1 MiB: shorten it");
            }
            return bytes;
        } catch (IOException e) {
            throw wrong(name, "cannot be read: name an existing file that this user can read");
        }
    }

    /** @throws InvalidFlow if the bytes are not UTF-8 */
    static String text(byte[] bytes, String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong(name, "is not UTF-8 text: save it as UTF-8");
        }
    }

    private static InvalidFlow wrong(String name, String problem) {
        return new InvalidFlow(List.of(new FlowError(name, OptionalInt.empty(), "", problem)));
    }
}
