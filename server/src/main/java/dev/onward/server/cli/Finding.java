package dev.onward.server.cli;

/** What {@code doctor} found in one place. */
record Finding(boolean well, String text) {
    static Finding well(String text) {
        return new Finding(true, text);
    }

    /** @param text what is wrong and what to do */
    static Finding ill(String text) {
        return new Finding(false, text);
    }

    String line() {
        return (well ? "✓ " : "✗ ") + text;
    }
}
