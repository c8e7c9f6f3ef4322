package dev.onward.job;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what the jobs report, in order. */
final class RecordedJobs implements JobListener {
    private final List<String> numbers = new CopyOnWriteArrayList<>();

    List<String> numbers() {
        return numbers;
    }

    @Override
    public void backfilled(int sessions) {
        numbers.add("backfilled " + sessions);
    }

    @Override
    public void deleted(int sessions) {
        numbers.add("deleted " + sessions);
    }

    @Override
    public void idempotencyRecordsDeleted(int records) {
        numbers.add("idempotency records deleted " + records);
    }

    @Override
    public void moved(int sessions) {
        numbers.add("moved " + sessions);
    }

    @Override
    public void notMoved(int sessions) {
        numbers.add("not moved " + sessions);
    }
}
