package dev.onward.bench;

/** Which database a measurement needs. */
enum BenchDatabase {
    SQLITE("sqlite"),
    POSTGRESQL("postgresql");

    private final String word;

    BenchDatabase(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
