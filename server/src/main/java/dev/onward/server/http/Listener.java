package dev.onward.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the server listens.
 *
 * @param host a name or an address of this machine
 * @param port 0 for any free one
 */
public record Listener(String host, int port) {

    /** Whether only this machine reaches it. */
    public boolean loopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Why the operating system does not let anybody listen here. */
    String apiException() {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return "the port is in use, and " + socket.getLocalPort() + " is free again";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
