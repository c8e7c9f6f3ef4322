package dev.onward.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

    /** The operating system's reason for not binding this address. */
    String bindError() {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return "the port is in use, and " + socket.getLocalPort() + " is free again";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
