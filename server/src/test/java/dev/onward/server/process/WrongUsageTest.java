package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.process.ServerProcess.Ended;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked wrongly, or without a database: one line that says what to do, and an exit code. */
class WrongUsageTest {
    @Test
    void aFolderThatCannotBeMade() {
        Ended ended = ServerProcess.run("serve", "--port", "0", "--db", "sqlite:/dev/null/x/onward.db");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("The folder /dev/null/x cannot be created or written", "--db")
                .hasLineCount(1);
    }

    @Test
    void anAddressThatIsNone() {
        Ended ended = ServerProcess.run("serve", "--port", "0", "--db", "mysql://ann:s3cret@db/onward");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .contains("setting db (option --db)", "sqlite:FILE", "postgresql://user[:password]@host")
                .doesNotContain("s3cret")
                .hasLineCount(1);
    }

    @Test
    void aDatabaseThatDoesNotAnswer() {
        Ended ended = ServerProcess.run(
                Map.of("ONWARD_DB", "postgresql://ann:s3cret@127.0.0.1:1/onward", "ONWARD_DB_WAIT", "0s"),
                "serve",
                "--port",
                "0");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("PostgreSQL cannot be reached at postgresql://ann@127.0.0.1:1/onward (connection refused)")
                .doesNotContain("s3cret")
                .hasLineCount(1);
    }

    @Test
    void aSettingThatIsWrong() {
        Ended ended = ServerProcess.run(Map.of("ONWARD_CLEANUP_EVERY", "often"), "serve", "--port", "0");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .contains("cleanup_every (environment variable ONWARD_CLEANUP_EVERY)", "\"often\"")
                .hasLineCount(1);
    }

    @Test
    void aCommandThatIsNone() {
        Ended ended = ServerProcess.run("sevre");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("sevre", "onward --help").hasLineCount(1);
    }

    @Test
    void nothingIsSaidOnStderrWhereNothingIsWrong() {
        Ended ended = ServerProcess.run("--version");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).startsWith("onward ").hasLineCount(1);
        assertThat(ended.err()).isEmpty();
    }
}
