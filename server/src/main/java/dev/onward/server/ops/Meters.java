package dev.onward.server.ops;

import com.zaxxer.hikari.HikariPoolMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Metrics of the process. Platform beans are looked up when the metrics are read. */
public final class Meters {
    private Meters() {}

    /** A registry with the metrics of the JVM. */
    public static PrometheusMeterRegistry ofJvm() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Runtime runtime = Runtime.getRuntime();
        gauge(
                meters,
                "jvm.memory.heap.used",
                "Heap in use",
                "bytes",
                () -> runtime.totalMemory() - runtime.freeMemory());
        gauge(meters, "jvm.memory.heap.max", "Heap at most", "bytes", runtime::maxMemory);
        gauge(
                meters,
                "jvm.threads.live",
                "Platform threads",
                "threads",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        gauge(meters, "jvm.gc.time", "Time spent collecting garbage", "seconds", Meters::collecting);
        gauge(
                meters,
                "process.uptime",
                "Time since the start",
                "seconds",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        return meters;
    }

    /** Registers the metrics of a connection pool. */
    public static void ofPool(MeterRegistry meters, HikariPoolMXBean pool) {
        connections(meters, pool, "active", HikariPoolMXBean::getActiveConnections);
        connections(meters, pool, "idle", HikariPoolMXBean::getIdleConnections);
        connections(meters, pool, "awaited", HikariPoolMXBean::getThreadsAwaitingConnection);
    }

    private static void connections(
            MeterRegistry meters, HikariPoolMXBean pool, String state, ToDoubleFunction<HikariPoolMXBean> count) {
        Gauge.builder("onward.database.connections", pool, count)
                .description("Connections to the database, and threads waiting for one")
                .tag("state", state)
                .strongReference(true)
                .register(meters);
    }

    private static void gauge(
            MeterRegistry meters, String name, String description, String unit, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).baseUnit(unit).register(meters);
    }

    private static double collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / 1000.0;
    }
}
