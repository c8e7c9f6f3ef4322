package dev.onward.bench.load;

import java.util.ArrayList;
import java.util.List;

/** The results of wrk, one for each round, with the server's CPU time. */
public final class LoadRounds {
    private final List<LoadRound> runs = new ArrayList<>();

    /** @param cpuMicros the server's CPU time per request */
    public record LoadRound(LoadResult load, double cpuMicros) {}

    public void add(LoadRound run) {
        runs.add(run);
    }

    public boolean none() {
        return runs.isEmpty();
    }

    public List<Double> perSecond() {
        return runs.stream().map(run -> run.load().perSecond()).toList();
    }

    public List<Double> medianMicros() {
        return runs.stream().map(run -> (double) run.load().p50()).toList();
    }

    public List<Double> p99Millis() {
        return runs.stream().map(run -> run.load().p99() / 1000.0).toList();
    }

    public List<Double> cpuMicros() {
        return runs.stream().map(LoadRound::cpuMicros).toList();
    }
}
