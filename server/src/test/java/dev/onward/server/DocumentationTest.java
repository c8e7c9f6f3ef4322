package dev.onward.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything that the documentation refers to exists. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> PACKAGES = List.of(
            "core/src/main/java/dev/onward",
            "web/src/main/java/dev/onward/web",
            "server/src/main/java/dev/onward/server",
            "bench/src/main/java/dev/onward/bench");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern TEST_CLASS = Pattern.compile("\\b[A-Z]\\w+Test\\b");
    private static final Pattern FOLDER_ROW = Pattern.compile("^\\| (`[^|]+`) \\|", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CODE_BLOCK = Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void everyRelativeLinkLeadsToAFileAndAHeading() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : found(LINK, text(page))) {
                if (!link.matches("[a-z]+:.*") && !resolves(page, link)) {
                    dead.add(ROOT.relativize(page) + ": " + link);
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void everyNamedTestExists() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(ROOT, 12)) {
            tests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        for (Path page : pages()) {
            assertThat(tests).as(page.toString()).containsAll(found(TEST_CLASS, text(page)));
        }
    }

    @Test
    void everyFolderOfTheArchitectureExists() throws IOException {
        String architecture = Files.readString(ROOT.resolve("docs/architecture.md"));
        String table = architecture.substring(architecture.indexOf("| folder |"), architecture.indexOf("## Answering"));
        List<String> folders = FOLDER_ROW
                .matcher(table)
                .results()
                .flatMap(row -> DocumentationTest.folders(row.group(1)))
                .toList();
        assertThat(folders)
                .hasSizeGreaterThan(20)
                .allSatisfy(folder -> assertThat(ROOT.resolve(folder)).exists());
    }

    @Test
    void everyPackageIsInTheArchitecture() throws IOException {
        String architecture = Files.readString(ROOT.resolve("docs/architecture.md"));
        List<String> missing = new ArrayList<>();
        for (String sources : PACKAGES) {
            try (Stream<Path> folders = Files.list(ROOT.resolve(sources))) {
                folders.filter(Files::isDirectory)
                        .map(folder -> folder.getFileName().toString())
                        .filter(folder -> !architecture.matches("(?s).*[/`]" + folder + "[`/].*"))
                        .forEach(missing::add);
            }
        }

        assertThat(missing).isEmpty();
    }

    /** The folders in a cell such as {@code `core/…/jdbc/sqlite`, `postgresql`}: later names are siblings. */
    private static Stream<String> folders(String cell) {
        List<String> folders = new ArrayList<>();
        for (String name : found(CODE, cell)) {
            String path = name.replace("core/…/", "core/src/main/java/dev/onward/")
                    .replace("web/…/resources/", "web/src/main/resources/")
                    .replace("web/…/web/", "web/src/main/java/dev/onward/web/")
                    .replace("web/…/web", "web/src/main/java/dev/onward/web")
                    .replace("bench/…/", "bench/src/main/java/dev/onward/bench/")
                    .replace("server/…/", "server/src/main/java/dev/onward/server/")
                    .replace("/onward/onward", "/onward");
            folders.add(
                    name.contains("/") || folders.isEmpty()
                            ? path
                            : Path.of(folders.getLast()).resolveSibling(name).toString());
        }
        return folders.stream();
    }

    private static boolean resolves(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** The anchors that GitHub generates for a page's headings. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(text(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    private static String text(Path page) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(page)).replaceAll("");
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.groupCount() == 0 ? match.group() : match.group(1))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
