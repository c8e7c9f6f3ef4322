package dev.onward.test;

import dev.onward.Onward;
import dev.onward.OnwardBuilder;
import dev.onward.OnwardBuilder.MigrationMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/**
 * Onward on a SQLite database of its own, for one test: migrated, with the {@linkplain SampleFlow sample flows} and a
 * clock that the test moves. Thread-safe.
 *
 * <pre>{@code
 * try (TestOnward test = TestOnward.start()) {
 *     SessionView session = test.onward().sessions().startFor("ada", "team-setup");
 *     test.clock().advance(Duration.ofMinutes(5));
 * }
 * }</pre>
 *
 * <p>The database is a temporary file, a copy of one that is migrated once for each JVM.
 */
public final class TestOnward implements AutoCloseable {
    /** The time that a new {@link #clock} shows. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Path folder;
    private final DataSource dataSource;
    private final TestClock clock;
    private final Onward onward;

    private TestOnward(Path folder, Consumer<OnwardBuilder> settings) {
        this.folder = folder;
        this.dataSource = database(folder);
        this.clock = TestClock.at(START);
        OnwardBuilder builder = Onward.builder(dataSource).clock(clock);
        for (SampleFlow flow : SampleFlow.values()) {
            builder.flow(flow.id(), flow.definition());
        }
        settings.accept(builder);
        this.onward = builder.build();
    }

    /**
     * Starts Onward. Blocks.
     *
     * @return Onward and its parts; the caller closes it
     * @throws UncheckedIOException if the temporary file cannot be written
     */
    public static TestOnward start() {
        return start(builder -> {});
    }

    /**
     * Starts Onward with settings of the test. Blocks.
     *
     * @param settings for example publishes the application's flows
     * @return Onward and its parts; the caller closes it
     * @throws UncheckedIOException if the temporary file cannot be written
     */
    public static TestOnward start(Consumer<OnwardBuilder> settings) {
        Path folder = copyOfMigratedDatabase();
        boolean started = false;
        try {
            TestOnward test = new TestOnward(folder, settings);
            started = true;
            return test;
        } finally {
            if (!started) {
                delete(folder);
            }
        }
    }

    /** {@return Onward, which {@link #close} closes} */
    public Onward onward() {
        return onward;
    }

    /** {@return the clock of Onward's writes; cleanup goes by the database's clock} */
    public TestClock clock() {
        return clock;
    }

    /** {@return the database, for the application's own tables or a look at Onward's} */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Closes Onward and deletes the database. Blocks until running calls have finished. */
    @Override
    public void close() {
        onward.close();
        delete(folder);
    }

    private static Path copyOfMigratedDatabase() {
        byte[] content = DatabaseTemplate.CONTENT;
        try {
            Path folder = Files.createTempDirectory("onward-test");
            Files.write(file(folder), content);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataSource database(Path folder) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file(folder));
        return source;
    }

    private static Path file(Path folder) {
        return folder.resolve("onward.db");
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A migration takes a hundred times as long as a copy of its result. */
    private static final class DatabaseTemplate {
        private static final byte[] CONTENT = content();

        private static byte[] content() {
            try {
                Path folder = Files.createTempDirectory("onward-test");
                try {
                    Onward.builder(database(folder))
                            .migrate(MigrationMode.AUTO)
                            .build()
                            .close();
                    return Files.readAllBytes(file(folder));
                } finally {
                    delete(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
