package dev.onward.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The external programs that the benchmark needs. */
public record Tools(Path wrk, Optional<PostgresBinaries> postgres) {

    /** PostgreSQL's programs, all of one release. */
    public record PostgresBinaries(Path folder) {
        private static final List<String> NEEDED = List.of("initdb", "postgres", "pg_ctl", "pgbench", "psql");

        public String path(String name) {
            return folder.resolve(name).toString();
        }

        public boolean complete() {
            return NEEDED.stream().allMatch(name -> Files.isExecutable(folder.resolve(name)));
        }
    }

    /** @throws BenchException with the packages to install */
    public static Tools find(boolean withPostgres) {
        List<String> missing = new ArrayList<>();
        Optional<Path> wrk = onPath("wrk");
        Optional<PostgresBinaries> postgres = withPostgres ? installedPostgres() : Optional.empty();
        if (wrk.isEmpty()) {
            missing.add("wrk");
        }
        if (withPostgres && postgres.isEmpty()) {
            missing.add("postgresql");
        }
        if (withPostgres && root() && onPath("setpriv").isEmpty()) {
            missing.add("util-linux");
        }
        if (!missing.isEmpty()) {
            throw new BenchException("The benchmark needs " + String.join(" and ", missing)
                    + ", which are not installed. On Debian and Ubuntu:\n  sudo apt-get install "
                    + String.join(" ", missing)
                    + (withPostgres ? "\nOr measure without PostgreSQL: ./onward bench --db sqlite" : ""));
        }
        return new Tools(wrk.orElseThrow(), postgres);
    }

    public static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static Optional<Path> onPath(String name) {
        return folders()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> folders() {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    /** The programs on the PATH, otherwise those of Debian's newest package. */
    private static Optional<PostgresBinaries> installedPostgres() {
        return Stream.concat(folders(), ofDebian())
                .map(PostgresBinaries::new)
                .filter(PostgresBinaries::complete)
                .findFirst();
    }

    private static Stream<Path> ofDebian() {
        Path all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return Stream.empty();
        }
        try (Stream<Path> releases = Files.list(all)) {
            return releases
                    .filter(release -> release.getFileName().toString().matches("[0-9]+"))
                    .sorted(Comparator.comparing((Path release) ->
                                    Integer.valueOf(release.getFileName().toString()))
                            .reversed())
                    .map(release -> release.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
