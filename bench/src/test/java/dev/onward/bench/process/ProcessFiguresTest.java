package dev.onward.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

    @Test
    void countsUserAndKernelTimeForAnyProcessName() {
        String stat = "4711 (a) b (java)) S 1 4711 4711 0 -1 4194304 100 200 0 0 250 50 7 8 20 0 30 0 9000 1 2";
        assertThat(ProcessFigures.cpu(stat)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void readsMemoryInMebibytes() {
        String status = "Name:\tjava\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n";
        assertThat(ProcessFigures.mebibytes(status, "VmRSS")).isEqualTo(100);
        assertThat(ProcessFigures.mebibytes(status, "VmHWM")).isEqualTo(200);
    }
}
