package dev.onward.server.http;

import dev.onward.web.OnwardWeb;
import dev.onward.web.http.Response;
import dev.onward.web.http.ResponseHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Makes Netty's responses from Onward's. */
final class ResponseWriter {
    private ResponseWriter() {}

    /** @param keepAlive whether the connection stays open afterwards */
    static FullHttpResponse of(Response response, RequestId id, HttpRequest request, boolean keepAlive) {
        HttpHeaders headers = headers(response, id);
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        ByteBuf body = request.method().equals(HttpMethod.HEAD)
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(response.body());
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                body,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    /** The response to a connection that is closed before a request is read. */
    static FullHttpResponse busyConnection() {
        RequestId id = RequestId.random();
        Response response = OnwardWeb.rejection(503, id.text());
        HttpHeaders headers = headers(response, id);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                Unpooled.wrappedBuffer(response.body()),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    /** Not validated again: {@link ResponseHeader} has done it. */
    private static HttpHeaders headers(Response response, RequestId id) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (ResponseHeader header : response.headers()) {
            headers.add(header.name(), header.value());
        }
        headers.set(RequestId.HEADER, id.text());
        headers.set(HttpHeaderNames.DATE, DateHeader.now());
        if (response.status() != HttpResponseStatus.NO_CONTENT.code()) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        return headers;
    }
}
