package dev.onward.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    private static final HomeFolder HOME = new HomeFolder(Path.of("/home/ann"));

    @ParameterizedTest
    @ValueSource(
            strings = {"sqlite:/var/lib/onward.db", "jdbc:sqlite:/var/lib/onward.db", "sqlite:/var/./lib/onward.db"})
    void anSqliteUrlNamesAFile(String url) {
        assertThat(DatabaseUrl.parse(url, HOME)).contains(new DatabaseUrl.Sqlite(Path.of("/var/lib/onward.db")));
    }

    @Test
    void aRelativeFileIsInTheWorkingFolder() {
        assertThat(DatabaseUrl.parse("sqlite:./a.db", HOME))
                .contains(new DatabaseUrl.Sqlite(Path.of("a.db").toAbsolutePath()));
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite:~/x.db,        /home/ann/x.db",
        "jdbc:sqlite:~/a/x.db, /home/ann/a/x.db",
        "sqlite:~x.db,         ~x.db",
        "sqlite:./~/x.db,      ~/x.db"
    })
    void aTildeBeforeASlashIsTheHomeFolder(String url, Path file) {
        assertThat(DatabaseUrl.parse(url, HOME)).contains(new DatabaseUrl.Sqlite(file.toAbsolutePath()));
    }

    @Test
    void aServiceMayReplaceTheHostAndTheDatabase() {
        DatabaseUrl.Postgres named = postgres("postgresql://?service=onward");
        assertThat(named).isEqualTo(new DatabaseUrl.Postgres("", "", Map.of("service", "onward")));
        assertThat(named.toString()).isEqualTo("postgresql://?service=onward");

        assertThat(named.jdbcUrl()).isEqualTo("jdbc:postgresql:///?service=onward");
        assertThat(postgres("postgresql:///?service=onward")).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann:s3cret@db/onward,                       true",
        "postgresql://ann@db/onward?password=s3cret,              true",
        "postgresql://ann@db/onward?sslpassword=s3cret,           true",
        "postgresql://ann@db/onward?sslmode=require,              false",
        "postgresql://?service=onward,                            false",
        "sqlite:data/onward.db,                                   false"
    })
    void detectsAPassword(String url, boolean holds) {
        assertThat(DatabaseUrl.parse(url, HOME).orElseThrow().holdsPassword()).isEqualTo(holds);
    }

    @Test
    void aPostgresqlUrlHasUserPasswordHostPortDatabaseAndParameters() {
        assertThat(postgres("postgresql://ann:s%40cret+1@db.example:5433/onward?sslmode=require&a=b%20c"))
                .isEqualTo(new DatabaseUrl.Postgres(
                        "db.example:5433",
                        "onward",
                        Map.of("user", "ann", "password", "s@cret+1", "sslmode", "require", "a", "b c")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://ann:pw@db/onward",
                "jdbc:postgresql://db/onward?user=ann&password=pw",
                "postgresql://db/onward?user=ann&password=pw"
            })
    void acceptsEquivalentForms(String url) {
        assertThat(postgres(url))
                .isEqualTo(new DatabaseUrl.Postgres("db", "onward", Map.of("user", "ann", "password", "pw")));
    }

    @Test
    void passesSeveralHostsAndIpv6ToTheDriver() {
        assertThat(postgres("postgresql://a:1,b:2/onward").jdbcUrl()).isEqualTo("jdbc:postgresql://a:1,b:2/onward");
        assertThat(postgres("postgresql://[::1]:5432/onward").jdbcUrl())
                .isEqualTo("jdbc:postgresql://[::1]:5432/onward");
    }

    @Test
    void noTextContainsThePassword() {
        DatabaseUrl.Postgres url = postgres("postgresql://ann:s3cret@db/onward");

        assertThat(url.toString()).isEqualTo("postgresql://ann@db/onward");
        assertThat(url.jdbcUrl()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "onward.db",
                "./data/onward.db",
                "sqlite:",
                "sqlite:/data/",
                "sqlite::memory:",
                "sqlite://data/onward.db",
                "sqlite:///data/onward.db",
                "sqlite:a.db?mode=memory",
                "sqlite:~",
                "sqlite:~bob/onward.db",
                "postgresql:onward",
                "postgresql://db",
                "postgresql://db/",
                "postgresql:///onward",
                "postgresql:///onward?service=onward",
                "postgresql://db?service=onward",
                "postgresql://ann:pw@/onward",
                "postgresql://ann:p@w@db/onward",
                "postgresql://ann:p/w@db",
                "postgresql://db?sslmode=require",
                "postgresql://db/onward?x",
                "postgresql://db/on%zzward",
                "postgresql+asyncpg://db/onward",
                "mysql://db/onward",
                "jdbc:h2:mem:onward"
            })
    void rejectsAnInvalidUrl(String url) {
        assertThat(DatabaseUrl.parse(url, HOME)).isEmpty();
    }

    private static DatabaseUrl.Postgres postgres(String url) {
        Optional<DatabaseUrl> parsed = DatabaseUrl.parse(url, HOME);
        return (DatabaseUrl.Postgres) parsed.orElseThrow();
    }
}
