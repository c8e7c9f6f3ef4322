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
    private final AtomicInteger lostCommits = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;
    private volatile boolean silent;
    private volatile Set<Socket> heldConnections = Set.of();

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

    public void nextCommit(NextCommit outcome) {
        nextCommit.set(outcome);
    }

    /** Whether the next commit that must not pass has not been sent yet. */
    public boolean awaitsCommit() {
        return nextCommit.get() != NextCommit.PASSES;
    }

    /** The number of commits that did not pass. */
    public int commitsLost() {
        return lostCommits.get();
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
    public void holdExistingConnections() {
        heldConnections = Set.copyOf(open);
    }

    /** Routes new connections to another port of this machine, as if the address had moved; existing ones stay. */
    public void leadTo(int port) {
        target = port;
    }

    /** Accepts connections again. */
    public void allowConnections() {
        refusing = false;
        silent = false;
        heldConnections = Set.of();
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
        ProxiedConnection connected = new ProxiedConnection(client, server);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(connected::requests);
        Thread.ofVirtual().start(connected::answers);
    }

    private final class ProxiedConnection {
        private final Socket client;
        private final Socket server;
        private volatile NextCommit outcome = NextCommit.PASSES;

        ProxiedConnection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            forward(client, server, bytes -> {
                if (awaitsCommit() && commits(bytes)) {
                    outcome = nextCommit.getAndSet(NextCommit.PASSES);
                    lostCommits.incrementAndGet();
                }
                return outcome != NextCommit.COMMIT_LOST;
            });
        }

        void answers() {
            forward(server, client, bytes -> {
                if (outcome == NextCommit.RESPONSE_LOST_AND_UNREACHABLE) {
                    refusing = true;
                }
                return outcome == NextCommit.PASSES;
            });
        }

        private void forward(Socket from, Socket to, Forwarding direction) {
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                byte[] buffer = new byte[65_536];
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    while ((silent || heldConnections.contains(from)) && !from.isClosed()) {
                        LockSupport.parkNanos(TICK.toNanos());
                    }
                    if (!direction.passes(java.util.Arrays.copyOf(buffer, read))) {
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
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return COMMITS.stream().anyMatch(text::contains);
    }

    @FunctionalInterface
    private interface Forwarding {
        boolean passes(byte[] bytes);
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
