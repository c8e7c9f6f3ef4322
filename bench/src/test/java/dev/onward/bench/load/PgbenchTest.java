package dev.onward.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PgbenchTest {
    private static final String PRINTED = """
            pgbench (15.14 (Debian 15.14-0+deb12u1))
            transaction type: insert.sql
            scaling factor: 1
            query mode: prepared
            number of clients: 16
            number of threads: 2
            duration: 10 s
            number of transactions actually processed: 277012
            number of failed transactions: 0 (0.000%)
            latency average = 0.577 ms
            initial connection time = 21.220 ms
            tps = 27701.912345 (without initial connection time)
            """;

    @Test
    void readsTheRate() {
        assertThat(Pgbench.rate(PRINTED)).hasValue(27701.912345);
    }

    @Test
    void aFailedTransactionMakesTheResultInvalid() {
        assertThat(Pgbench.rate(PRINTED.replace("failed transactions: 0 (0.000%)", "failed transactions: 3 (0.001%)")))
                .isEmpty();
    }

    @Test
    void anAbortedClientMakesTheResultInvalid() {
        assertThat(Pgbench.rate(
                        "pgbench: error: client 3 script 0 aborted in command 3 query 0: ERROR:  no such session\n"
                                + PRINTED))
                .isEmpty();
    }

    @Test
    void outputWithoutARateHasNoResult() {
        assertThat(Pgbench.rate("")).isEmpty();
    }
}
