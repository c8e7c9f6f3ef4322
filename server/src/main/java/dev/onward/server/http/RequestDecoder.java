package dev.onward.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Netty's decoder of requests, with Onward's limits. It also knows whether a request has begun to arrive. */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int MAX_TARGET_BYTES = 4096;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private boolean headReceived;

    RequestDecoder() {
        super(new HttpDecoderConfig().setMaxInitialLineLength(MAX_TARGET_BYTES).setMaxHeaderSize(MAX_HEADER_BYTES));
    }

    /** Whether some of a request has arrived, but not all of it. */
    boolean headReceived() {
        return headReceived;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> decoded) throws Exception {
        super.decode(context, bytes, decoded);
        headReceived = decoded.isEmpty() || !(decoded.getLast() instanceof LastHttpContent);
    }

    /** Netty would ignore the length, as RFC 9112 allows. A proxy may have read the request differently. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
