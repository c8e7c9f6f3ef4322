package dev.onward.bench;

/** Which database a measurement needs. */
enum Kind {
    SQLITE("sqlite"),
    POSTGRESQL("postgresql");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
