package dev.onward.server.cli;

/** What {@code doctor} found in one place. */
record CheckResult(boolean well, String text) {
    static CheckResult well(String text) {
        return new CheckResult(true, text);
    }

    /** @param text what is wrong and what to do */
    static CheckResult ill(String text) {
        return new CheckResult(false, text);
    }

    String line() {
        return (well ? "✓ " : "✗ ") + text;
    }
}
