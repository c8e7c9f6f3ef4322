package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.ListenerProbe.ProbeResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerProbeTest {
    private final List<String> ended = new ArrayList<>();

    @Test
    void aConnectionThatIsNotAcceptedCountsAsUnknown() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            assertThat(probe(silent.getLocalPort()).probe()).isEqualTo(ProbeResult.UNKNOWN);
        }
    }

    @Test
    void reportsTheEndAfterTwoRefusedConnections() throws IOException {
        int port = freePort();
        assertThat(probe(port).probe()).isEqualTo(ProbeResult.REFUSED);
        try (ListenerWatch watch = new ListenerWatch(probe(port), ended::add)) {
            watch.runOnce();
            assertThat(ended).isEmpty();
            watch.runOnce();
            assertThat(ended).singleElement().asString().contains("listener has stopped", "refuses connections");
        }
    }

    @Test
    void aBusyListenerHasNotEnded() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
                ListenerWatch watch = new ListenerWatch(probe(silent.getLocalPort()), ended::add)) {
            watch.runOnce();
            watch.runOnce();
            watch.runOnce();
            assertThat(ended).isEmpty();
        }
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
