package dev.onward.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that connections cannot be accepted, once until one is. Netty pauses for a second and tries again. */
final class AcceptFailures extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);

    private boolean failing;

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!failing) {
            failing = true;
            LOG.warn("New connections have to wait: {}", cause.getMessage());
        }
        context.fireExceptionCaught(cause);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        failing = false;
        context.fireChannelRead(accepted);
    }
}
