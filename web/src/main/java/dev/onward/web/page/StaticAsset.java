package dev.onward.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** A file that ships with the server. */
public final class StaticAsset {
    /** No segment begins with a dot, so a path cannot leave its folder. The extension decides on the content type. */
    private static final Pattern PATH = Pattern.compile("(?:[\\w@-][\\w@.-]*/)*[\\w@-][\\w@.-]*\\.(\\w+)");

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "map", "application/json",
            "yaml", "application/yaml",
            "svg", "image/svg+xml",
            "png", "image/png",
            "txt", "text/plain; charset=utf-8",
            "woff2", "font/woff2");

    private final String contentType;
    private final byte[] bytes;

    private StaticAsset(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /** The file at a path of the class path; empty if it is missing or has another extension. */
    public static Optional<StaticAsset> at(String path) {
        var form = PATH.matcher(path);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(CONTENT_TYPES.get(form.group(1)))
                .flatMap(contentType -> read(path).map(bytes -> new StaticAsset(contentType, bytes)));
    }

    private static Optional<byte[]> read(String path) {
        try (InputStream in = StaticAsset.class.getClassLoader().getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String contentType() {
        return contentType;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** A hash of the content. */
    public String etag() {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return "\"%x-%08x\"".formatted(bytes.length, sum.getValue());
    }
}
