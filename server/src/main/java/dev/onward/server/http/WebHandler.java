package dev.onward.server.http;

import dev.onward.server.http.connection.RequestClient;
import dev.onward.web.OnwardWeb;
import dev.onward.web.http.RequestAbortedException;
import dev.onward.web.http.Response;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The adapter to Helidon: passes every request to {@link OnwardWeb}, and sends the response. */
final class WebHandler implements Handler {
    private static final byte[] NO_BODY = {};

    private final OnwardWeb web;

    WebHandler(OnwardWeb web) {
        this.web = web;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        RequestLog log = RequestLog.of(request);
        Response answer = answer(new HelidonRequest(log.id(), request, RequestClient.current()));
        log.matched(answer.route());
        send(answer, request, response);
    }

    private Response answer(HelidonRequest request) {
        try {
            return web.answer(request);
        } catch (RequestAbortedException e) {
            throw reason(e);
        }
    }

    /** Helidon handles its own exceptions; all others mean that the client has disconnected. */
    private static RuntimeException reason(RequestAbortedException aborted) {
        return switch (aborted.getCause()) {
            case IOException e -> gone(e);
            case UncheckedIOException e -> gone(e);
            case DataReader.InsufficientDataAvailableException e -> gone(e);
            case RuntimeException e -> e;
            case null, default -> aborted;
        };
    }

    private static CloseConnectionException gone(Exception cause) {
        return new CloseConnectionException("the client went away while it sent the body", cause);
    }

    /** A response to HEAD has the length of the body, and no body. */
    private static void send(Response answer, ServerRequest request, ServerResponse response) {
        response.status(Status.create(answer.status()));
        answer.headers()
                .forEach(header ->
                        response.headers().add(HeaderValues.create(HeaderNames.create(header.name()), header.value())));
        if (request.prologue().method().equals(Method.HEAD)) {
            response.contentLength(answer.body().length);
            response.send(NO_BODY);
        } else {
            response.send(answer.body());
        }
    }
}
