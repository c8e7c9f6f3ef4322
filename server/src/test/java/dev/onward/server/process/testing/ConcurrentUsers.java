package dev.onward.server.process.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Several users at the same time, one after the other on each thread, until the server is gone or they are stopped. */
public final class ConcurrentUsers implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final int EVERY_ANONYMOUS = 4;
    private static final long TIMEOUT_SECONDS = 60;

    private final HttpApi api;
    private final String name;
    private final ConcurrentLinkedQueue<SimulatedUser> users = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<IOException> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Semaphore answers = new Semaphore(0);
    private final ExecutorService lines = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> walking = new ArrayList<>();

    private ConcurrentUsers(URI address, String name) {
        this.api = new HttpApi(address);
        this.name = name;
    }

    /** @param name the prefix of the users' names */
    public static ConcurrentUsers at(ServerProcess server, String name) {
        return at(server.address(), name);
    }

    public static ConcurrentUsers at(URI address, String name) {
        ConcurrentUsers users = new ConcurrentUsers(address, name);
        for (int i = 0; i < AT_ONCE; i++) {
            users.walking.add(users.lines.submit(users::line));
        }
        return users;
    }

    private void line() {
        while (!enough.get()) {
            int number = count.incrementAndGet();
            SimulatedUser user = new SimulatedUser(name + "-" + number, number % EVERY_ANONYMOUS == 0);
            users.add(user);
            try {
                user.walk(api, _ -> answers.release());
            } catch (IOException e) {
                unanswered.add(e);
                return;
            }
        }
    }

    /** The exceptions of requests without a response. */
    public Collection<IOException> unanswered() {
        return unanswered;
    }

    /** Waits for this many responses. */
    public void awaitAnswers(int number) {
        try {
            assertThat(answers.tryAcquire(number, TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .as("answers in time")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until every user has finished or found the server gone. A response that is no success fails here. */
    public Collection<SimulatedUser> finish() {
        enough.set(true);
        for (Future<?> line : walking) {
            try {
                line.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return users;
    }

    @Override
    public void close() {
        api.close();
        lines.shutdownNow();
    }
}
