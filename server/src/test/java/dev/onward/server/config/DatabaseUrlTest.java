package dev.onward.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"sqlite:/var/lib/onward.db", "jdbc:sqlite:/var/lib/onward.db", "sqlite:/var/./lib/onward.db"})
    void sqliteIsAFile(String url) {
        assertThat(DatabaseUrl.parse(url)).contains(new DatabaseUrl.Sqlite(Path.of("/var/lib/onward.db")));
    }

    @Test
    void aRelativeFileIsInTheWorkingFolder() {
        assertThat(DatabaseUrl.parse("sqlite:./a.db"))
                .contains(new DatabaseUrl.Sqlite(Path.of("a.db").toAbsolutePath()));
    }

    @Test
    void postgresqlHasUserPasswordHostPortDatabaseAndParameters() {
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
    void otherFormsOfTheSameAreUnderstood(String url) {
        assertThat(postgres(url))
                .isEqualTo(new DatabaseUrl.Postgres("db", "onward", Map.of("user", "ann", "password", "pw")));
    }

    @Test
    void severalHostsAndIpv6AreTheDriversMatter() {
        assertThat(postgres("postgresql://a:1,b:2/onward").jdbcUrl()).isEqualTo("jdbc:postgresql://a:1,b:2/onward");
        assertThat(postgres("postgresql://[::1]:5432/onward").jdbcUrl())
                .isEqualTo("jdbc:postgresql://[::1]:5432/onward");
    }

    @Test
    void thePasswordIsInNoText() {
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
                "postgresql:onward",
                "postgresql://db",
                "postgresql://db/",
                "postgresql:///onward",
                "postgresql://ann:pw@/onward",
                "postgresql://db/onward?x",
                "postgresql://db/on%zzward",
                "postgresql+asyncpg://db/onward",
                "mysql://db/onward",
                "jdbc:h2:mem:onward"
            })
    void whatIsNeitherIsRefused(String url) {
        assertThat(DatabaseUrl.parse(url)).isEmpty();
    }

    private static DatabaseUrl.Postgres postgres(String url) {
        Optional<DatabaseUrl> parsed = DatabaseUrl.parse(url);
        return (DatabaseUrl.Postgres) parsed.orElseThrow();
    }
}
