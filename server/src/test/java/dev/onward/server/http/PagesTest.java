package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.RawHttp;
import dev.onward.testing.OnOneDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages and the files that they load. */
@OnOneDatabase
class PagesTest extends HttpTest {
    private static final Pattern LOADED = Pattern.compile("(?:href|src)=\"(/[^\"#]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/onboarding", "/studio", "/docs"})
    void pagesAreHtmlAndNotCached(String path) {
        ApiResponse reply = api.get(path).ok();
        assertThat(reply.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.body()).startsWith("<!doctype html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/onboarding", "/studio", "/docs"})
    void everyReferencedFileExists(String path) {
        Matcher named = LOADED.matcher(api.get(path).ok().body());
        List<String> found = new ArrayList<>();
        while (named.find()) {
            found.add(named.group(1));
        }
        assertThat(found).isNotEmpty();
        found.forEach(address -> api.get(address).ok());
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "onboarding", "studio", "docs"})
    void theScriptOfAPageIsOneFile(String page) {
        String script = api.get("/web/" + page + "/" + page + ".js").ok().body();
        assertThat(script).isNotBlank().doesNotContainPattern("\\b(?:import|export)\\b *[\\w{(\"'*]");
        api.get("/web/shared/api.js").send().is(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/onboarding", "/studio", "/docs"})
    void redirectsATrailingSlashAndKeepsTheQuery(String page) {
        assertThat(api.get(page + "/").send().is(308).header("Location")).contains(page);
        ApiResponse redirect =
                api.get(page + "/?flow=team-setup&from=a%2Fb").send().is(308);
        assertThat(redirect.header("Location")).contains(page + "?flow=team-setup&from=a%2Fb");
        api.request("HEAD", page + "/").send().is(308);
        api.post(page + "/").send().isProblem(405, "method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//example.com/../onboarding/", "/%2Fexample.com/../onboarding/", "//onboarding/"})
    void neverRedirectsToAnotherHost(String path) {
        ApiResponse reply = new RawHttp(server.port()).send("GET " + path + " HTTP/1.1", "Host: localhost");
        assertThat(reply.header("Location").orElse("/onboarding")).isEqualTo("/onboarding");
    }

    @ParameterizedTest
    @CsvSource({
        "/web/shared/base.css,      text/css; charset=utf-8",
        "/web/start/start.js,        text/javascript; charset=utf-8",
        "/web/shared/mark.svg,      image/svg+xml",
        "/favicon.ico,              image/svg+xml",
        "/favicon.svg,              image/svg+xml",
        "/openapi.yaml,             application/yaml"
    })
    void filesHaveAContentTypeAndAreRevalidatedByETag(String path, String contentType) {
        ApiResponse reply = api.get(path).ok();
        assertThat(reply.header("Content-Type")).contains(contentType);
        assertThat(reply.header("Cache-Control")).contains("no-cache");
        String tag = reply.header("ETag").orElseThrow();
        ApiResponse again = api.get(path)
                .header("If-None-Match", "\"other\", W/" + tag)
                .send()
                .is(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(again.header("ETag")).contains(tag);
        api.get(path).header("If-None-Match", "\"other\"").ok();
    }

    @Test
    void versionedLibrariesAreCachedForever() {
        Matcher library = Pattern.compile("/webjars/[^\"]+\\.js")
                .matcher(api.get("/docs").ok().body());
        assertThat(library.find()).isTrue();
        ApiResponse reply = api.get(library.group()).ok();
        assertThat(reply.header("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(reply.header("Cache-Control").orElseThrow()).contains("immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/web/../logback.xml",
                "/web/%2e%2e/logback.xml",
                "/web/..%2flogback.xml",
                "/web/..;/logback.xml",
                "/web/shared",
                "/web/shared/",
                "/web/.hidden.js",
                "/web/shared/base.css%00.js",
                "/webjars/../../../dev/onward/flow/genesis.yaml",
                "/webjars/..%2f..%2f..%2fopenapi.yaml",
                "/dev/onward/flow/genesis.yaml",
                "/logback.xml"
            })
    void servesNoOtherFiles(String path) {
        api.get(path).expectProblem(404, "not_found");
    }
}
