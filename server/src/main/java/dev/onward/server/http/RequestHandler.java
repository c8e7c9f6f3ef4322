package dev.onward.server.http;

import dev.onward.server.http.connection.HttpConnection;
import dev.onward.web.OnwardWeb;
import dev.onward.web.http.RequestAbortedException;
import dev.onward.web.http.Response;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Answers the requests of one connection, one after the other, each on a virtual thread of its own. All fields belong to
 * the event loop, except where they are volatile.
 */
final class RequestHandler extends ChannelInboundHandlerAdapter {
    /**
     * How much of a body is read, even if only to discard it: a client that sends everything before it reads can then
     * see why its body was rejected.
     */
    private static final int MAX_DISCARDED_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    private final ServedRequests served;
    private final HttpConnection connection;
    private final RequestDecoder decoder;
    private final Channel channel;
    /** The parts of later requests that arrived while one is being answered. */
    private final Queue<Object> later = new ArrayDeque<>();

    private BodyBuffer body = BodyBuffer.empty();
    private long bodyBytes;
    private RequestPhase phase = RequestPhase.READING;
    private boolean writing;
    private volatile boolean inputEnded;

    private enum RequestPhase {
        /** Waits for a request, or receives one; it may already be answered. */
        READING,
        /** The whole request has arrived and is being answered. */
        ANSWERING,
        /** The response is sent, and the connection ends after the rest of the request. */
        DISCARDING
    }

    RequestHandler(ServedRequests served, HttpConnection connection, RequestDecoder decoder, Channel channel) {
        this.served = served;
        this.connection = connection;
        this.decoder = decoder;
        this.channel = channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (phase == RequestPhase.ANSWERING) {
            later.add(message);
            channel.config().setAutoRead(false);
        } else {
            accept(message);
        }
    }

    private void accept(Object message) {
        try {
            if (message instanceof HttpRequest head && phase == RequestPhase.READING) {
                begin(head);
            }
            if (message instanceof HttpContent part) {
                receive(part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest head) {
        connection.headArrived();
        body = new BodyBuffer();
        bodyBytes = 0;
        RequestId id = RequestId.random();
        RequestCheck.rejection(head).ifPresentOrElse(status -> reject(head, id, status), () -> answer(head, id));
    }

    private void reject(HttpRequest head, RequestId id, int status) {
        if (channel.isActive()) {
            served.log().rejected(id, status);
            body.discard();
            write(OnwardWeb.rejection(status, id.text()), id, head, false);
        }
    }

    private void answer(HttpRequest head, RequestId id) {
        RequestTarget target = RequestTarget.parse(head.uri()).orElseThrow();
        NettyRequest request = new NettyRequest(id, head, target, body, channel, () -> inputEnded);
        served.threads().execute(() -> answer(request));
    }

    /** On a virtual thread. */
    private void answer(NettyRequest request) {
        long began = System.nanoTime();
        MDC.put(RequestId.LOG_KEY, request.id());
        try {
            Response response = served.web().answer(request);
            Duration time = Duration.ofNanos(System.nanoTime() - began);
            served.log().answered(request.requestId(), request.method(), response.route(), response.status(), time);
            channel.eventLoop().execute(() -> respond(response, request));
        } catch (RequestAbortedException e) {
            close();
        } catch (RuntimeException | Error e) {
            LOG.error("Request failed", e);
            close();
        } finally {
            MDC.remove(RequestId.LOG_KEY);
        }
    }

    private void respond(Response response, NettyRequest request) {
        boolean keepAlive = HttpUtil.isKeepAlive(request.head()) && body.isComplete() && !served.stopping();
        body.discard();
        write(response, request.requestId(), request.head(), keepAlive);
    }

    private void write(Response response, RequestId id, HttpRequest head, boolean keepAlive) {
        connection.responding();
        writing = true;
        ChannelFuture _ = channel.writeAndFlush(ResponseWriter.of(response, id, head, keepAlive))
                .addListener(written -> {
                    writing = false;
                    if (!written.isSuccess()) {
                        close();
                    } else if (keepAlive && !inputEnded) {
                        next();
                    } else if (body.isComplete() || inputEnded) {
                        close();
                    } else {
                        discardRest();
                    }
                });
    }

    private void receive(HttpContent part) {
        if (part.decoderResult().isFailure()) {
            body.fail(new ApiException(
                    ProblemCode.BAD_REQUEST,
                    "A chunk of the body does not begin with its size. Send the body with a Content-Length."));
            return;
        }
        store(part);
        if (part instanceof LastHttpContent) {
            body.complete();
            if (phase == RequestPhase.DISCARDING) {
                close();
            } else {
                phase = RequestPhase.ANSWERING;
                connection.requestArrived();
            }
        }
    }

    private void store(HttpContent part) {
        int bytes = part.content().readableBytes();
        bodyBytes += bytes;
        if (phase == RequestPhase.DISCARDING && bodyBytes > MAX_DISCARDED_BYTES) {
            close();
        } else if (bytes > 0 && body.isWanted()) {
            if (connection.tryReserve(bytes)) {
                body.add(part.content());
            } else {
                body.fail(new ApiException(
                        ProblemCode.BUSY, "The server is receiving too many large bodies. Retry in a moment."));
            }
        }
    }

    /** Closing at once would reset the connection, and the client might not see the response. */
    private void discardRest() {
        phase = RequestPhase.DISCARDING;
        connection.discarding();
        ChannelFuture _ = ((DuplexChannel) channel).shutdownOutput();
    }

    private void next() {
        phase = RequestPhase.READING;
        connection.requestEnded(decoder.headReceived());
        while (phase == RequestPhase.READING && !later.isEmpty()) {
            accept(later.remove());
        }
        if (later.isEmpty()) {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            endOfInput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endOfInput();
        later.forEach(ReferenceCountUtil::release);
        later.clear();
    }

    /** The client may still read the response to a request that has arrived. */
    private void endOfInput() {
        inputEnded = true;
        if (!body.isComplete()) {
            body.fail(new RequestAbortedException(new IOException("the connection ended")));
        }
        if (phase != RequestPhase.ANSWERING && !writing) {
            close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A connection failed", cause);
        close();
    }

    private void close() {
        ChannelFuture _ = channel.close();
    }
}
