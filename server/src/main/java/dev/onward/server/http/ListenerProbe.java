package dev.onward.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * Checks that the server accepts connections, by opening one. A successful connect is not enough, because the operating
 * system completes it even if the server does not accept.
 *
 * @param port the port that the listener was bound to
 */
record ListenerProbe(Listener listener, int port) {
    private static final int TIMEOUT_MS = 1000;

    /** Probes once; takes at most two seconds. */
    boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(address(), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            // The server closes an idle connection, or responds that it has too many.
            socket.shutdownOutput();
            socket.getInputStream().read();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private SocketAddress address() throws IOException {
        InetAddress bound = InetAddress.getByName(listener.host());
        return new InetSocketAddress(bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound, port);
    }
}
