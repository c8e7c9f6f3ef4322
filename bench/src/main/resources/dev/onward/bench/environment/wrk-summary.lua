-- Prints the result of a run in one machine-readable line. Times are in microseconds.
function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "onward-bench requests=%d duration=%d p50=%d p99=%d max=%d connect=%d read=%d write=%d status=%d timeout=%d\n",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
        errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
