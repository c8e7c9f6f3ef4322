package dev.onward.server.http;

import dev.onward.web.http.Request;
import dev.onward.web.http.RequestAbortedException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A request as Netty received it.
 *
 * @param inputEnded whether the client has closed its side of the connection
 */
record NettyRequest(
        RequestId requestId,
        HttpRequest head,
        RequestTarget target,
        BodyBuffer body,
        Channel channel,
        BooleanSupplier inputEnded)
        implements Request {

    @Override
    public String id() {
        return requestId.text();
    }

    @Override
    public String method() {
        return head.method().name();
    }

    @Override
    public String rawPath() {
        return target.path();
    }

    @Override
    public String rawQuery() {
        return target.query();
    }

    @Override
    public List<String> header(String name) {
        return head.headers().getAll(name);
    }

    @Override
    public Optional<InetAddress> peer() {
        return channel.remoteAddress() instanceof InetSocketAddress socket
                ? Optional.ofNullable(socket.getAddress())
                : Optional.empty();
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public byte[] readBody(int limit) {
        if (HttpUtil.is100ContinueExpected(head) && !body.isComplete()) {
            ChannelFuture _ = channel.writeAndFlush(
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        try {
            return body.read(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestAbortedException(e);
        }
    }

    @Override
    public boolean clientGone() {
        return inputEnded.getAsBoolean();
    }
}
