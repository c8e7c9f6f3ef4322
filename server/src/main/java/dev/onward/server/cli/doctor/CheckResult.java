package dev.onward.server.cli.doctor;

/** The result of one check of {@code doctor}. */
record CheckResult(boolean ok, String text) {
    static CheckResult ok(String text) {
        return new CheckResult(true, text);
    }

    /** @param text the problem and the next action */
    static CheckResult problem(String text) {
        return new CheckResult(false, text);
    }

    String line() {
        return (ok ? "✓ " : "✗ ") + text;
    }
}
