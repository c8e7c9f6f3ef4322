package dev.onward.web.page;

import dev.onward.web.http.Response;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.RoutedRequest;

/** The pages, their files, and the description of the API. */
public final class PagesResource {
    /** The address of a library contains its version, so the file never changes. */
    private static final String FOREVER = "public, max-age=31536000, immutable";

    /** Cached, but revalidated with its ETag each time, so that browsers see a new version at once. */
    private static final String REVALIDATE = "no-cache";

    public Response start(RoutedRequest request) {
        return page("web/start/index.html");
    }

    public Response onboarding(RoutedRequest request) {
        return page("web/onboarding/index.html");
    }

    public Response studio(RoutedRequest request) {
        return page("web/studio/index.html");
    }

    public Response docs(RoutedRequest request) {
        return page("web/docs/index.html");
    }

    /** Redirects to the same path without the last slash, keeping the query. */
    public Response redirect(RoutedRequest request) {
        String page = request.pattern().substring(0, request.pattern().length() - 1);
        String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
        return Response.of(308, "text/plain; charset=utf-8", new byte[0]).with("Location", page + query);
    }

    public Response icon(RoutedRequest request) {
        return cached(request, asset("web/shared/mark.svg"), REVALIDATE);
    }

    public Response openapi(RoutedRequest request) {
        return cached(request, asset("openapi.yaml"), REVALIDATE);
    }

    public Response file(RoutedRequest request) {
        return cached(request, asset("web/" + request.parameter("file")), REVALIDATE);
    }

    public Response library(RoutedRequest request) {
        return cached(request, asset("META-INF/resources/webjars/" + request.parameter("file")), FOREVER);
    }

    private static Response page(String path) {
        StaticAsset asset = asset(path);
        return Response.of(200, asset.contentType(), asset.bytes());
    }

    private static Response cached(RoutedRequest request, StaticAsset asset, String cacheControl) {
        String etag = asset.etag();
        boolean known = request.header("If-None-Match").stream().anyMatch(tags -> tags.contains(etag));
        Response answer = Response.of(known ? 304 : 200, asset.contentType(), known ? new byte[0] : asset.bytes());
        return answer.with("ETag", etag).with("Cache-Control", cacheControl);
    }

    private static StaticAsset asset(String path) {
        return StaticAsset.at(path).orElseThrow(ApiException::unknownPath);
    }
}
