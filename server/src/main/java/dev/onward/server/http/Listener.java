package dev.onward.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/**
 * The address to listen on.
 *
 * @param host a name or address of this machine
 * @param port 0 for any free port
 */
public record Listener(String host, int port) {

    /** Whether only this machine can connect. */
    public boolean loopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** @throws ListenException if the name has no address */
    SocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new ListenException(e);
        }
    }
}
