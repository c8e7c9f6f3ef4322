package dev.onward.bench;

import java.util.ArrayList;
import java.util.List;

/** One run of load for each round, with the server's share of the processor. */
final class LoadRounds {
    private final List<LoadRound> runs = new ArrayList<>();

    /** @param cpuMicros processor time of the server for each request */
    record LoadRound(LoadResult load, double cpuMicros) {}

    void add(LoadRound run) {
        runs.add(run);
    }

    boolean none() {
        return runs.isEmpty();
    }

    List<Double> perSecond() {
        return runs.stream().map(run -> run.load().perSecond()).toList();
    }

    List<Double> medianMicros() {
        return runs.stream().map(run -> (double) run.load().p50()).toList();
    }

    List<Double> p99Millis() {
        return runs.stream().map(run -> run.load().p99() / 1000.0).toList();
    }

    List<Double> cpuMicros() {
        return runs.stream().map(LoadRound::cpuMicros).toList();
    }
}
