package dev.onward.server.process.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.process.testing.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs the commands of a documentation page in its own folder. The server that it starts uses a free port, and the same
 * port after a restart.
 */
final class Terminal implements AutoCloseable {
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final String SERVE = "./onward serve";
    private static final String DEFAULT_PORT = "8080";

    private final Path folder;
    private final CurlCommand curl = new CurlCommand();
    private final List<ServerProcess> servers = new ArrayList<>();
    private String port = "0";

    private Terminal(Path folder) {
        this.folder = folder;
    }

    /** Opens a terminal in a folder with a launcher that builds nothing. */
    public static Terminal in(Path folder) throws IOException {
        String command = ServerProcess.java(List.of()).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Path launcher =
                Files.writeString(folder.resolve("onward"), "#!/usr/bin/env bash\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        return new Terminal(folder);
    }

    /** The commands on a page, one per line. */
    public static List<String> commands(String page) {
        return COMMANDS.matcher(page)
                .results()
                .map(MatchResult::group)
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("```"))
                .toList();
    }

    /** Runs a line, and returns its output. */
    public String run(String line) throws IOException, InterruptedException {
        if (line.startsWith(SERVE)) {
            return execute(line);
        }
        String here = actual(line);
        return here.startsWith("curl ") ? curl.send(here, folder) : bash(here);
    }

    /** Replaces the documented address with the actual one. */
    public String actual(String address) {
        return address.replace(":" + DEFAULT_PORT, ":" + port);
    }

    /** How often a server was started. */
    public int starts() {
        return servers.size();
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
    }

    private String execute(String line) {
        ServerProcess server =
                ServerProcess.start(folder, Map.of("ONWARD_PORT", port), List.of("bash", "-c", "exec " + line));
        servers.add(server);
        port = Integer.toString(server.address().getPort());
        return server.out();
    }

    private String bash(String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line + "\n" + output).isZero();
        if (line.startsWith("kill ")) {
            servers.getLast().awaitEnd();
        }
        return output;
    }
}
