package dev.onward.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy between Onward and its database on loopback. It cuts connections on demand: all of them, or the one with the
 * next commit, before or after the database has received it.
 */
public final class CuttingProxy implements AutoCloseable {
    /** What happens to the next commit. */
    public enum NextCommit {
        PASSES,
        COMMIT_LOST,
        RESPONSE_LOST,
        /** The response is lost, and from then on the database is unreachable. */
        RESPONSE_LOST_AND_UNREACHABLE
    }

    /** A COMMIT, or the statement of a batch, which commits by itself. */
    private static final List<String> COMMITS = List.of("COMMIT", "applied AS (");

    private static final Duration TICK = Duration.ofMillis(20);

    private final ServerSocket listener;
    private volatile int target;
    private final AtomicReference<NextCommit> nextCommit = new AtomicReference<>(NextCommit.PASSES);
    private final AtomicInteger lost = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;
    private volatile boolean silent;
    private volatile Set<Socket> held = Set.of();

    private CuttingProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** Starts a proxy to a port of this machine. */
    public static CuttingProxy to(int port) {
        try {
            CuttingProxy proxy = new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void nextCommit(NextCommit fate) {
        nextCommit.set(fate);
    }

    /** Whether the next commit that must not pass has not been sent yet. */
    public boolean awaitsCommit() {
        return nextCommit.get() != NextCommit.PASSES;
    }

    /** The number of commits that did not pass. */
    public int commitsLost() {
        return lost.get();
    }

    /** Cuts every connection and accepts no new one. */
    public void cut() {
        refusing = true;
        open.forEach(CuttingProxy::closeQuietly);
    }

    /** Holds back all data, on existing and new connections. */
    public void fallSilent() {
        silent = true;
    }

    /** Holds back all data on existing connections; new ones pass. */
    public void holdThoseThatStand() {
        held = Set.copyOf(open);
    }

    /** Routes new connections to another port of this machine, as if the address had moved; existing ones stay. */
    public void leadTo(int port) {
        target = port;
    }

    /** Accepts connections again. */
    public void mend() {
        refusing = false;
        silent = false;
        held = Set.of();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    closeQuietly(client);
                } else {
                    connect(client, new Socket(InetAddress.getLoopbackAddress(), target));
                }
            } catch (IOException e) {
                // The proxy was closed, or the database is down: the client sees a closed connection.
            }
        }
    }

    private void connect(Socket client, Socket server) {
        Connected connected = new Connected(client, server);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(connected::requests);
        Thread.ofVirtual().start(connected::answers);
    }

    private final class Connected {
        private final Socket client;
        private final Socket server;
        private volatile NextCommit fate = NextCommit.PASSES;

        Connected(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            forward(client, server, bytes -> {
                if (awaitsCommit() && commits(bytes)) {
                    fate = nextCommit.getAndSet(NextCommit.PASSES);
                    lost.incrementAndGet();
                }
                return fate != NextCommit.COMMIT_LOST;
            });
        }

        void answers() {
            forward(server, client, bytes -> {
                if (fate == NextCommit.RESPONSE_LOST_AND_UNREACHABLE) {
                    refusing = true;
                }
                return fate == NextCommit.PASSES;
            });
        }

        private void forward(Socket from, Socket to, Gate gate) {
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                byte[] buffer = new byte[65_536];
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    while ((silent || held.contains(from)) && !from.isClosed()) {
                        LockSupport.parkNanos(TICK.toNanos());
                    }
                    if (!gate.lets(java.util.Arrays.copyOf(buffer, read))) {
                        return;
                    }
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } catch (IOException e) {
                // One side has closed; both are closed now.
            } finally {
                open.remove(client);
                open.remove(server);
            }
        }
    }

    private static boolean commits(byte[] bytes) {
        String said = new String(bytes, StandardCharsets.ISO_8859_1);
        return COMMITS.stream().anyMatch(said::contains);
    }

    @FunctionalInterface
    private interface Gate {
        boolean lets(byte[] bytes);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed in any case.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
