package dev.onward.testing;

import java.util.concurrent.CompletableFuture;

/** Processes that tests start. None of them outlives the tests' JVM, however a test ends. */
public final class ChildProcess {
    private ChildProcess() {}

    /** Kills the process when this JVM ends, unless it has already ended. */
    public static Process endingWithThisJvm(Process process) {
        Thread end = Thread.ofPlatform().unstarted(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        CompletableFuture<Boolean> _ = process.onExit().thenApply(_ -> forget(end));
        return process;
    }

    private static boolean forget(Thread end) {
        try {
            return Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            return false; // This JVM is ending.
        }
    }
}
