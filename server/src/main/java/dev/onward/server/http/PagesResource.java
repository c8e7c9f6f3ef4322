package dev.onward.server.http;

import dev.onward.web.page.StaticAsset;

/** The pages, what they load, and the description of the API. */
final class PagesResource {
    /** The address of a library holds its version, so what is there never changes. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** To be kept, but asked for with its ETag each time: a new version is seen at once. */
    private static final String ASK_FIRST = "no-cache";

    Response start(Request call) {
        return page("web/start/index.html");
    }

    Response onboarding(Request call) {
        return page("web/onboarding/index.html");
    }

    Response studio(Request call) {
        return page("web/studio/index.html");
    }

    Response docs(Request call) {
        return page("web/docs/index.html");
    }

    /** Redirects to a page, keeping the query. */
    static Route.Handler redirect(String page) {
        return call -> {
            String query = call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery();
            return Response.of(308, "text/plain; charset=utf-8", new byte[0]).with("Location", page + query);
        };
    }

    Response icon(Request call) {
        return kept(call, asset("web/shared/mark.svg"), ASK_FIRST);
    }

    Response openapi(Request call) {
        return kept(call, asset("openapi.yaml"), ASK_FIRST);
    }

    Response file(Request call) {
        return kept(call, asset("web/" + call.parameter("file")), ASK_FIRST);
    }

    Response library(Request call) {
        return kept(call, asset("META-INF/resources/webjars/" + call.parameter("file")), FOR_EVER);
    }

    private static Response page(String path) {
        StaticAsset asset = asset(path);
        return Response.of(200, asset.contentType(), asset.bytes());
    }

    private static Response kept(Request call, StaticAsset asset, String cacheControl) {
        String etag = asset.etag();
        boolean known = call.header("If-None-Match").stream().anyMatch(tags -> tags.contains(etag));
        Response answer = Response.of(known ? 304 : 200, asset.contentType(), known ? new byte[0] : asset.bytes());
        return answer.with("ETag", etag).with("Cache-Control", cacheControl);
    }

    private static StaticAsset asset(String path) {
        return StaticAsset.at(path).orElseThrow(Problems::nothingHere);
    }
}
