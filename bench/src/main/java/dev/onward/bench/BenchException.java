package dev.onward.bench;

/** Why no figure can be given; the message is for whoever runs the benchmark. */
final class BenchException extends RuntimeException {
    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
