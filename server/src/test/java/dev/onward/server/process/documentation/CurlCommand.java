package dev.onward.server.process.documentation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Interprets the curl options that the documentation uses, so that the tests need no curl: -s, -w, -X, -H, -d, and
 * cookie files with -c and -b.
 */
final class CurlCommand {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern FILE = Pattern.compile("\\$\\(cat ([^)]+)\\)");

    private final Map<String, String> cookies = new HashMap<>();

    /** @return the body of the response */
    public String send(String line, Path folder) throws IOException, InterruptedException {
        List<String> words = words(line, folder);
        HttpRequest.Builder request = HttpRequest.newBuilder();
        String method = "GET";
        String cookieFile = "";
        String end = "";
        BodyPublisher body = BodyPublishers.noBody();
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-s" -> {}
                case "-w" -> end = words.get(++i).replace("\\n", "\n");
                case "-X" -> method = words.get(++i);
                case "-H" -> {
                    String[] header = words.get(++i).split(": ", 2);
                    request.header(header[0], header[1]);
                }
                case "-d" -> {
                    method = "POST";
                    body = BodyPublishers.ofString(words.get(++i));
                }
                case "-c" -> cookieFile = words.get(++i);
                case "-b" -> request.header("Cookie", cookies.getOrDefault(words.get(++i), ""));
                default -> request.uri(URI.create(words.get(i)));
            }
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(request.method(method, body).build(), BodyHandlers.ofString());
            String file = cookieFile;
            answer.headers()
                    .firstValue("Set-Cookie")
                    .ifPresent(cookie -> cookies.put(file, cookie.replaceFirst(";.*", "")));
            return answer.body() + end;
        }
    }

    private static List<String> words(String line, Path folder) throws IOException {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(withFiles(line, folder));
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }

    private static String withFiles(String line, Path folder) throws IOException {
        Matcher file = FILE.matcher(line);
        StringBuilder filled = new StringBuilder();
        while (file.find()) {
            String content = Files.readString(folder.resolve(file.group(1))).strip();
            file.appendReplacement(filled, Matcher.quoteReplacement(content));
        }
        return file.appendTail(filled).toString();
    }
}
