package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.process.ServerProcess.Ended;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that asks for passwords. */
@Tag("postgresql")
class WrongPasswordTest {
    private static final String WHO_MAY = """
            host all postgres 127.0.0.1/32 trust
            host all all      127.0.0.1/32 scram-sha-256
            """;

    @Test
    void isToldInOneLineAndTheRightOneIsNeverPrinted(@TempDir Path folder) throws Exception {
        Path rules = Files.writeString(folder.resolve("pg_hba.conf"), WHO_MAY);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rw-r--r--"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("hba_file", rules.toString())
                        .start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE ann LOGIN PASSWORD 'right-s3cret'");
            statement.execute("CREATE DATABASE onward OWNER ann");
            String place = "127.0.0.1:" + postgres.getPort();

            isRefused("ann:wrong-s3cret@" + place + "/onward", "refuses the user or the password");
            isRefused("ann:right-s3cret@" + place + "/nowhere", "has no database nowhere");

            try (ServerProcess server =
                    ServerProcess.start("postgresql://ann:right-s3cret@" + place + "/onward", "--log-level", "debug")) {
                assertThat(server.out())
                        .contains("postgresql://ann@" + place + "/onward")
                        .doesNotContain("s3cret");
                server.terminate();
                server.awaitEnd();
                assertThat(server.log()).doesNotContain("s3cret");
            }
        }
    }

    private static void isRefused(String address, String problem) {
        Ended ended = ServerProcess.run("serve", "--port", "0", "--db", "postgresql://" + address);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains(problem).doesNotContain("s3cret").hasLineCount(1);
    }
}
