package dev.onward.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the server listens.
 *
 * @param host a name or an address of this machine
 * @param port 0 for any free one
 */
public record Listener(String host, int port) {

    /** Whether only this machine reaches it. */
    boolean loopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
