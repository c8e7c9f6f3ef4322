package dev.onward.server.http;

import dev.onward.server.http.connection.BodyBudgetExceeded;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a request carries, before anybody knows what it means. */
record RequestPayload(ServerRequest request) {

    /**
     * Reads no more than it has to: what is left of a body that is too large is the server's to throw away.
     *
     * @throws ApiException where it is too large
     */
    byte[] bytes(int largest, String tooLarge) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        if (request.headers().contentLength().orElse(0) > largest) {
            throw new ApiException(ProblemCode.TOO_LARGE, tooLarge);
        }
        try {
            byte[] bytes = request.content().inputStream().readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw new ApiException(ProblemCode.TOO_LARGE, tooLarge);
            }
            return bytes;
        } catch (IOException | UncheckedIOException | DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("The client disconnected while sending the body", e);
        } catch (BodyBudgetExceeded e) {
            throw new ApiException(
                    ProblemCode.BUSY, "The server is receiving too many large bodies. Retry in a moment.");
        } catch (IllegalArgumentException _) {
            // Without its cause, whose text quotes what was sent.
            throw new ApiException(
                    ProblemCode.BAD_REQUEST,
                    "A chunk of the body does not begin with its size. Send the body with a Content-Length.");
        }
    }

    /** Whether it says that it is one of these, in UTF-8. */
    boolean isOneOf(Set<String> contentTypes) {
        String said = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        List<String> parts = Stream.of(said.toLowerCase(Locale.ROOT).split(";", -1))
                .map(String::strip)
                .toList();
        return contentTypes.contains(parts.getFirst())
                && parts.stream()
                        .filter(part -> part.startsWith("charset"))
                        .allMatch(part -> part.equals("charset=utf-8") || part.equals("charset=\"utf-8\""));
    }

    /** The text that bytes in UTF-8 are; empty where they are none. */
    static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
