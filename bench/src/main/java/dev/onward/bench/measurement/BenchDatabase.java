package dev.onward.bench.measurement;

/** The database that a measurement needs. */
public enum BenchDatabase {
    SQLITE("sqlite"),
    POSTGRESQL("postgresql");

    private final String word;

    BenchDatabase(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
