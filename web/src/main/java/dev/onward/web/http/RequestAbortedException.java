package dev.onward.web.http;

/** The connection ended, or the HTTP library gave up, while the request was read. No response can be sent. */
public final class RequestAbortedException extends RuntimeException {
    /** @param cause what the HTTP library reported */
    public RequestAbortedException(Throwable cause) {
        super("the request was aborted", cause);
    }
}
