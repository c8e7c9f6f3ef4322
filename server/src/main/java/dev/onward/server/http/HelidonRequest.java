package dev.onward.server.http;

import dev.onward.server.http.connection.BodyBudgetExceeded;
import dev.onward.server.http.connection.RequestClient;
import dev.onward.web.http.Request;
import dev.onward.web.http.RequestAbortedException;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A request as Helidon received it. */
record HelidonRequest(String id, ServerRequest request, RequestClient client) implements Request {
    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String rawPath() {
        return request.path().rawPath();
    }

    @Override
    public String rawQuery() {
        return request.query().rawValue();
    }

    @Override
    public List<String> header(String name) {
        HeaderName header = HeaderNames.create(name);
        return request.headers().contains(header)
                ? request.headers().get(header).allValues()
                : List.of();
    }

    @Override
    public Optional<InetAddress> peer() {
        return request.remotePeer().address() instanceof InetSocketAddress socket
                ? Optional.ofNullable(socket.getAddress())
                : Optional.empty();
    }

    @Override
    public boolean secure() {
        return request.isSecure();
    }

    @Override
    public byte[] readBody(int limit) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try {
            return request.content().inputStream().readNBytes(limit + 1);
        } catch (BodyBudgetExceeded e) {
            throw new ApiException(
                    ProblemCode.BUSY, "The server is receiving too many large bodies. Retry in a moment.");
        } catch (IllegalArgumentException _) {
            // Without the cause, whose message contains the body.
            throw new ApiException(
                    ProblemCode.BAD_REQUEST,
                    "A chunk of the body does not begin with its size. Send the body with a Content-Length.");
        } catch (IOException | RuntimeException e) {
            throw new RequestAbortedException(e);
        }
    }

    @Override
    public boolean clientGone() {
        return client.gone();
    }
}
