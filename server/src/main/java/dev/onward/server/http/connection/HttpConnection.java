package dev.onward.server.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/**
 * One connection: what it is waiting for, until when, and how much memory it has reserved. It stands first in its
 * channel, where it sees everything that arrives. Used by the event loop only.
 */
public final class HttpConnection extends ChannelInboundHandlerAdapter {
    private final HttpConnections connections;
    private final Channel channel;
    private ConnectionPhase phase = ConnectionPhase.HEAD;
    private long phaseBegan = System.nanoTime();
    private boolean admitted;
    private boolean silent = true;
    private long received;
    private long reserved;

    public HttpConnection(HttpConnections connections, Channel channel) {
        this.connections = connections;
        this.channel = channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        admitted = connections.admit(this);
        if (admitted) {
            context.fireChannelActive();
        } else {
            connections.reject(channel);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (!admitted) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        silent = false;
        if (phase == ConnectionPhase.IDLE) {
            begin(ConnectionPhase.HEAD);
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        releaseMemory();
        connections.remove(this);
        context.fireChannelInactive();
    }

    /** A request's head has arrived; its body is awaited. */
    public void headArrived() {
        begin(ConnectionPhase.BODY);
    }

    /** A request has arrived. The response may take as long as it needs. */
    public void requestArrived() {
        begin(ConnectionPhase.RESPONSE);
    }

    /** A response is being written. */
    public void responding() {
        begin(ConnectionPhase.WRITE);
    }

    /** A response is written, and the rest of the request's body is awaited, to be discarded. */
    public void discarding() {
        begin(ConnectionPhase.BODY);
    }

    /**
     * A request was answered.
     *
     * @param started whether the next request has started to arrive
     */
    public void requestEnded(boolean started) {
        releaseMemory();
        begin(started ? ConnectionPhase.HEAD : ConnectionPhase.IDLE);
        connections.requestEnded(this);
    }

    /** Reserves memory for a part of a request's body. False if all of it is in use. */
    public boolean tryReserve(int bytes) {
        received += bytes;
        long missing = received - ConnectionLimits.FREE_BYTES - reserved;
        if (missing <= 0) {
            return true;
        }
        if (!connections.budget().tryReserve(missing)) {
            return false;
        }
        reserved += missing;
        return true;
    }

    private void releaseMemory() {
        connections.budget().release(reserved);
        reserved = 0;
        received = 0;
    }

    private void begin(ConnectionPhase next) {
        phase = next;
        phaseBegan = System.nanoTime();
    }

    ConnectionPhase phase() {
        return phase;
    }

    /** Whether nothing of a request has arrived. */
    boolean idle() {
        return silent || phase == ConnectionPhase.IDLE;
    }

    boolean overdue(ConnectionLimits limits, long now) {
        return phase.deadline(limits)
                .map(Duration::toNanos)
                .filter(limit -> now - phaseBegan > limit)
                .isPresent();
    }

    void close() {
        ChannelFuture _ = channel.close();
    }

    Channel channel() {
        return channel;
    }
}
