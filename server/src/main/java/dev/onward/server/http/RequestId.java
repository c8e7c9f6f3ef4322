package dev.onward.server.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The id under which the logs show a request. Always generated here: a client's own id could write into the log. */
record RequestId(String text) {
    static final String HEADER = "X-Request-Id";
    static final String LOG_KEY = "request_id";

    static RequestId random() {
        return new RequestId(
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }
}
