package dev.onward.server.process;

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

/** Several people at once, one after the other on each line, until the server is gone or they are told to stop. */
final class Crowd implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final int EVERY_ANONYMOUS = 4;
    private static final long PATIENCE_SECONDS = 60;

    private final Api api;
    private final String name;
    private final ConcurrentLinkedQueue<Person> people = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<IOException> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Semaphore answers = new Semaphore(0);
    private final ExecutorService lines = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> walking = new ArrayList<>();

    private Crowd(URI address, String name) {
        this.api = new Api(address);
        this.name = name;
    }

    /** @param name what the names of its people begin with */
    static Crowd at(ServerProcess server, String name) {
        return at(server.address(), name);
    }

    static Crowd at(URI address, String name) {
        Crowd crowd = new Crowd(address, name);
        for (int i = 0; i < AT_ONCE; i++) {
            crowd.walking.add(crowd.lines.submit(crowd::line));
        }
        return crowd;
    }

    private void line() {
        while (!enough.get()) {
            int number = count.incrementAndGet();
            Person person = new Person(name + "-" + number, number % EVERY_ANONYMOUS == 0);
            people.add(person);
            try {
                person.walk(api, _ -> answers.release());
            } catch (IOException e) {
                unanswered.add(e);
                return;
            }
        }
    }

    /** Why calls got no answer. */
    Collection<IOException> unanswered() {
        return unanswered;
    }

    /** Waits until so many answers have come. */
    void awaitAnswers(int number) {
        try {
            assertThat(answers.tryAcquire(number, PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("answers in time")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets everybody finish or find the server gone; an answer that is no success fails here. */
    Collection<Person> disperse() {
        enough.set(true);
        for (Future<?> line : walking) {
            try {
                line.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return people;
    }

    @Override
    public void close() {
        api.close();
        lines.shutdownNow();
    }
}
