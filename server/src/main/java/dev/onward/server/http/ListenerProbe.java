package dev.onward.server.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * Asks whether the server accepts connections, with a connection of its own. To connect is not enough: the operating
 * system does that also where nobody accepts.
 */
final class ListenerProbe {
    private static final int TIMEOUT_MS = 1000;

    private final Listener listener;
    private final int port;

    /** What became of the connection. */
    enum ProbeResult {
        /** The server has accepted and closed it. */
        ACCEPTED,
        /** Nobody listens. */
        REFUSED,
        /** It was not accepted in time, or there are no means to ask. */
        UNKNOWN
    }

    /** @param port the one that the listener got */
    ListenerProbe(Listener listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    /** Takes two seconds at most. */
    ProbeResult ask() {
        try (Socket socket = new Socket()) {
            socket.connect(address(), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            // The server closes a connection on which nothing will come, or says that it has too many.
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
