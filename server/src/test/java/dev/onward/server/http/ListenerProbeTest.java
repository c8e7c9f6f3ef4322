package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenerProbeTest {

    @Test
    void aConnectionThatNobodyAcceptsIsNotAccepted() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            assertThat(probe(silent.getLocalPort()).accepts()).isFalse();
        }
    }

    @Test
    void aPortOnWhichNobodyListensAcceptsNothing() throws IOException {
        assertThat(probe(freePort()).accepts()).isFalse();
    }

    private static ListenerProbe probe(int port) {
        return new ListenerProbe(new Listener("127.0.0.1", port), port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
