package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.process.testing.ServerProcess;
import dev.onward.server.process.testing.ServerProcess.ProcessResult;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PostgreSQL server that requires passwords. */
@Tag("postgresql")
@Order(1)
class PasswordTest {
    private static final String WHO_MAY = """
            host all postgres 127.0.0.1/32 trust
            host all all      127.0.0.1/32 scram-sha-256
            """;
    private static final String WARNING = "Every user of this machine can read the database's password in option --db";

    @TempDir
    private static Path rules;

    private static EmbeddedPostgres postgres;
    private static String location;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startDatabase() throws IOException, SQLException {
        Path file = Files.writeString(rules.resolve("pg_hba.conf"), WHO_MAY);
        Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("hba_file", file.toString())
                .start();
        location = "127.0.0.1:" + postgres.getPort();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE ann LOGIN PASSWORD 'right-s3cret'");
            statement.execute("CREATE DATABASE onward OWNER ann");
        }
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @Test
    void reportsAWrongPasswordInOneLineAndNeverPrintsIt() {
        isRefused("postgresql://ann:wrong-s3cret@" + location + "/onward", "rejects the user or the password");
        isRefused("postgresql://ann:right-s3cret@" + location + "/nowhere", "has no database nowhere");
    }

    @Test
    void warnsAboutAPasswordInAnOptionAndNeverPrintsIt() {
        try (ServerProcess server =
                ServerProcess.start("postgresql://ann:right-s3cret@" + location + "/onward", "--log-level", "debug")) {
            assertThat(server.out())
                    .contains("postgresql://ann@" + location + "/onward")
                    .doesNotContain("s3cret");
            server.terminate();
            server.awaitEnd();
            assertThat(server.log()).contains(WARNING).doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"variable", "file", "PGPASSFILE", "PGSERVICEFILE", "PGSERVICEFILE and PGPASSFILE"})
    void acceptsWithoutAWarningAPasswordFrom(String source) throws IOException {
        ProcessResult ended = ServerProcess.run(environment(source), "doctor", "--port", "0");

        assertThat(ended.out()).contains("✓ database: PostgreSQL");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).doesNotContain("s3cret");
    }

    @Test
    void namesAMissingService() throws IOException {
        Path services = Files.writeString(folder.resolve("pg_service.conf"), "[other]\nhost=127.0.0.1\n");

        ProcessResult ended = ServerProcess.run(
                Map.of("ONWARD_DB", "postgresql://?service=mine", "PGSERVICEFILE", services.toString()), "migrate");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("no service mine", "PGSERVICEFILE").hasLineCount(1);
    }

    private Map<String, String> environment(String source) throws IOException {
        String full = "postgresql://ann:right-s3cret@" + location + "/onward";
        return switch (source) {
            case "variable" -> Map.of("ONWARD_DB", full);
            case "file" -> Map.of("ONWARD_CONFIG", file("onward.yaml", "db: " + full));
            case "PGPASSFILE" ->
                Map.of("ONWARD_DB", "postgresql://ann@" + location + "/onward", "PGPASSFILE", passwords());
            case "PGSERVICEFILE" ->
                Map.of("ONWARD_DB", "postgresql://?service=mine", "PGSERVICEFILE", service("password=right-s3cret"));
            case "PGSERVICEFILE and PGPASSFILE" ->
                Map.of(
                        "ONWARD_DB",
                        "postgresql://?service=mine",
                        "PGSERVICEFILE",
                        service(""),
                        "PGPASSFILE",
                        passwords());
            default -> throw new IllegalArgumentException(source);
        };
    }

    private String passwords() throws IOException {
        return file("pgpass", location + ":onward:ann:right-s3cret");
    }

    private String service(String more) throws IOException {
        return file(
                "pg_service.conf",
                String.join(
                        "\n",
                        List.of(
                                "[mine]",
                                "host=127.0.0.1",
                                "port=" + postgres.getPort(),
                                "dbname=onward",
                                "user=ann",
                                more)));
    }

    /** Readable by its owner only, as PostgreSQL's programs require. */
    private String file(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    private static void isRefused(String url, String problem) {
        ProcessResult ended = ServerProcess.run(Map.of("ONWARD_DB", url), "serve", "--port", "0");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains(problem).doesNotContain("s3cret").hasLineCount(1);
    }
}
