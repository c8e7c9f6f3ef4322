package dev.onward.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.OptionalInt;

/** Rejects requests whose head is invalid before they are routed. */
final class RequestCheck {
    private static final int BAD_REQUEST = 400;
    private static final int URI_TOO_LONG = 414;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int VERSION_NOT_SUPPORTED = 505;

    private RequestCheck() {}

    /** The status with which the request is rejected; empty if its head is in order. */
    static OptionalInt rejection(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            boolean tooLong = request.decoderResult().cause() instanceof TooLongHttpLineException;
            return OptionalInt.of(tooLong ? URI_TOO_LONG : BAD_REQUEST);
        }
        boolean newer = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        if (!newer && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return OptionalInt.of(VERSION_NOT_SUPPORTED);
        }
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (newer && hosts == 0)) {
            return OptionalInt.of(BAD_REQUEST);
        }
        if (RequestTarget.parse(request.uri()).isEmpty()) {
            return OptionalInt.of(BAD_REQUEST);
        }
        List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!encodings.isEmpty() && !newer) {
            return OptionalInt.of(BAD_REQUEST);
        }
        boolean readable = encodings.isEmpty()
                || (encodings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst()));
        return readable ? OptionalInt.empty() : OptionalInt.of(NOT_IMPLEMENTED);
    }
}
