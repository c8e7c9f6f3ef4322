package dev.onward.web.request;

import dev.onward.web.http.Request;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The bytes of a body. */
record RequestPayload(Request request) {

    /**
     * Reads no more than necessary: the adapter discards the rest of a body that is too large.
     *
     * @throws ApiException if it is too large
     */
    byte[] bytes(int maxBytes, String tooLarge) {
        if (announced() > maxBytes) {
            throw new ApiException(ProblemCode.TOO_LARGE, tooLarge);
        }
        byte[] bytes = request.readBody(maxBytes);
        if (bytes.length > maxBytes) {
            throw new ApiException(ProblemCode.TOO_LARGE, tooLarge);
        }
        return bytes;
    }

    private long announced() {
        return request.firstHeader("Content-Length")
                .filter(length -> length.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** Whether the content type is one of these, in UTF-8. */
    boolean isOneOf(Set<String> contentTypes) {
        String text = request.firstHeader("Content-Type").orElse("");
        List<String> parts = Stream.of(text.toLowerCase(Locale.ROOT).split(";", -1))
                .map(String::strip)
                .toList();
        return contentTypes.contains(parts.get(0))
                && parts.stream()
                        .filter(part -> part.startsWith("charset"))
                        .allMatch(part -> part.equals("charset=utf-8") || part.equals("charset=\"utf-8\""));
    }

    /** Decodes UTF-8; empty if the bytes are invalid. */
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
