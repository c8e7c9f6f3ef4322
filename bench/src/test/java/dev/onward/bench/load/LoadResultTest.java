package dev.onward.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadResultTest {
    private static final String PRINTED = """
            Running 2s test @ http://127.0.0.1:41234
              2 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.02ms    0.61ms  18.20ms   90.01%
            Requests/sec:  50000.00
            onward-bench requests=100000 duration=2000000 p50=980 p99=3100 max=18200 connect=0 read=0 write=0 status=0 timeout=0
            """;

    @Test
    void readsTheSummaryOfTheScript() {
        assertThat(LoadResult.read(PRINTED))
                .contains(new LoadResult(100_000, Duration.ofSeconds(2), 980, 3100, 18_200, 0));
        assertThat(LoadResult.read(PRINTED).orElseThrow().perSecond()).isEqualTo(50_000);
    }

    @Test
    void countsEveryKindOfError() {
        String broken = PRINTED.replace(
                "connect=0 read=0 write=0 status=0 timeout=0", "connect=1 read=2 write=4 status=8 timeout=16");
        assertThat(LoadResult.read(broken).orElseThrow().errors()).isEqualTo(31);
    }

    @Test
    void anAbortedRunHasNoResult() {
        assertThat(LoadResult.read("unable to connect to 127.0.0.1:1 Connection refused"))
                .isEmpty();
    }
}
