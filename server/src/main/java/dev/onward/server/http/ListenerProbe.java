package dev.onward.server.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * Checks that the server accepts connections, by opening one. A successful connect is not enough, because the operating
 * system completes it even if the server does not accept.
 */
final class ListenerProbe {
    private static final int TIMEOUT_MS = 1000;

    private final Listener listener;
    private final int port;

    /** The outcome of the connection. */
    enum ProbeResult {
        /** The server accepted and closed it. */
        ACCEPTED,
        /** The connection was refused. */
        REFUSED,
        /** The connection was not accepted in time, or could not be opened. */
        UNKNOWN
    }

    /** @param port the port that the listener was bound to */
    ListenerProbe(Listener listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    /** Probes once; takes at most two seconds. */
    ProbeResult probe() {
        try (Socket socket = new Socket()) {
            socket.connect(address(), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            // The server closes an idle connection, or responds that it has too many.
            socket.shutdownOutput();
            socket.getInputStream().read();
            return ProbeResult.ACCEPTED;
        } catch (ConnectException e) {
            return ProbeResult.REFUSED;
        } catch (IOException e) {
            return ProbeResult.UNKNOWN;
        }
    }

    private SocketAddress address() throws IOException {
        InetAddress bound = InetAddress.getByName(listener.host());
        return new InetSocketAddress(bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound, port);
    }
}
