package dev.onward.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The command of a server in its own process, with the classes under test. Such servers start often and stop soon, so
 * they run from jars with Java's AOT cache, like those of the launcher, which halves their start-up time. The first
 * test of a module that starts a server creates both in {@code target}.
 */
public final class ServerJava {
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTReplayTraining",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final Path CACHES = Path.of("target", "server-java").toAbsolutePath();
    private static final long TIMEOUT_SECONDS = 120;

    private ServerJava() {}

    /** The command before the server's arguments. */
    public static List<String> command() {
        return ServerCommand.CACHED;
    }

    /** The folders and jars under test, without the tests' own classes and log configuration. */
    public static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    private static final class ServerCommand {
        private static final List<String> CACHED = cached();

        private static List<String> cached() {
            try {
                Files.createDirectories(CACHES);
                try (FileChannel lock =
                        FileChannel.open(CACHES.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    lock.lock();
                    Path folder = CACHES.resolve(sum(classPath()));
                    List<Path> jars = jars(Files.createDirectories(folder));
                    Path cache = folder.resolve("onward.aot");
                    if (!Files.exists(cache)) {
                        make(cache, jars);
                    }
                    return java(
                            List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off"),
                            jars,
                            "dev.onward.server.Main");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<String> java(List<String> options, List<Path> jars, String main) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JVM);
            command.addAll(options);
            command.add("-cp");
            command.add(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
            command.add(main);
            return List.copyOf(command);
        }

        /** The path, times and sizes of its classes and jars. */
        private static String sum(List<Path> classPath) throws IOException {
            CRC32 sum = new CRC32();
            for (Path entry : classPath) {
                try (Stream<Path> files = Files.walk(entry)) {
                    for (Path file : files.sorted().toList()) {
                        BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
                        sum.update((file + " " + about.lastModifiedTime() + " " + about.size())
                                .getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
            return Long.toHexString(sum.getValue());
        }

        /** The cache does not support folders. */
        private static List<Path> jars(Path folder) {
            List<Path> jars = new ArrayList<>();
            for (Path entry : classPath()) {
                Path jar = Files.isDirectory(entry) ? folder.resolve(jars.size() + ".jar") : entry;
                if (!Files.exists(jar)) {
                    jar(entry, jar);
                }
                jars.add(jar);
            }
            return jars;
        }

        private static void jar(Path classes, Path jar) {
            ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
            String[] arguments = {"--create", "--file", jar.toString(), "-C", classes.toString(), "."};
            if (tool.run(System.out, System.err, arguments) != 0) {
                throw new AssertionError("no jar of " + classes);
            }
        }

        private static void make(Path cache, List<Path> jars) throws IOException {
            Path folder = Files.createTempDirectory(cache.getParent(), "training");
            Path log = folder.resolve("log");
            List<String> command = new ArrayList<>(java(
                    List.of("-XX:AOTCacheOutput=" + folder.resolve("made")), jars, "dev.onward.server.AotTraining"));
            command.addAll(
                    List.of("serve", "--port", "0", "--drain", "0s", "--db", "sqlite:" + folder.resolve("onward.db")));
            Process training = ChildProcess.endingWithThisJvm(new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(log.toFile())
                    .start());
            try {
                boolean serves = training.inputReader(StandardCharsets.UTF_8)
                        .lines()
                        .anyMatch(line -> line.startsWith("  first"));
                training.destroy();
                if (!serves || !training.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("no cache: " + Files.readString(log));
                }
                Files.move(folder.resolve("made"), cache);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                training.destroyForcibly();
            }
        }
    }
}
