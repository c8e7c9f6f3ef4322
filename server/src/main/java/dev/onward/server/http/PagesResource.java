package dev.onward.server.http;

/** The pages, what they load, and the description of the API. */
final class PagesResource {
    /** The address of a library holds its version, so what is there never changes. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** To be kept, but asked for with its ETag each time: a new version is seen at once. */
    private static final String ASK_FIRST = "no-cache";

    Answer start(Call call) {
        return page("web/start/index.html");
    }

    Answer onboarding(Call call) {
        return page("web/onboarding/index.html");
    }

    Answer studio(Call call) {
        return page("web/studio/index.html");
    }

    Answer docs(Call call) {
        return page("web/docs/index.html");
    }

    /** Redirects to a page, keeping the query. */
    static Route.Handler redirect(String page) {
        return call -> {
            String query = call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery();
            return Answer.of(308, "text/plain; charset=utf-8", new byte[0]).with("Location", page + query);
        };
    }

    Answer icon(Call call) {
        return kept(call, asset("web/shared/mark.svg"), ASK_FIRST);
    }

    Answer openapi(Call call) {
        return kept(call, asset("openapi.yaml"), ASK_FIRST);
    }

    Answer file(Call call) {
        return kept(call, asset("web/" + call.parameter("file")), ASK_FIRST);
    }

    Answer library(Call call) {
        return kept(call, asset("META-INF/resources/webjars/" + call.parameter("file")), FOR_EVER);
    }

    private static Answer page(String path) {
        Asset asset = asset(path);
        return Answer.of(200, asset.contentType(), asset.bytes());
    }

    private static Answer kept(Call call, Asset asset, String cacheControl) {
        String etag = asset.etag();
        boolean known = call.header("If-None-Match").stream().anyMatch(tags -> tags.contains(etag));
        Answer answer = Answer.of(known ? 304 : 200, asset.contentType(), known ? new byte[0] : asset.bytes());
        return answer.with("ETag", etag).with("Cache-Control", cacheControl);
    }

    private static Asset asset(String path) {
        return Asset.at(path).orElseThrow(Problems::nothingHere);
    }
}
