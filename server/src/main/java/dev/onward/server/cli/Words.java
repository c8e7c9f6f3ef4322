package dev.onward.server.cli;

/** Numbers as people say them. */
final class Words {
    private Words() {}

    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
