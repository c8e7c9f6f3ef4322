package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Somebody who follows a page of the documentation line by line, in a folder of their own. The server that they start
 * takes a free port, and the same again when they start it again.
 */
final class Terminal implements AutoCloseable {
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final String SERVE = "./onward serve";
    private static final String USUAL_PORT = "8080";

    private final Path folder;
    private final CurlLines curl = new CurlLines();
    private final List<ServerProcess> servers = new ArrayList<>();
    private String port = "0";

    private Terminal(Path folder) {
        this.folder = folder;
    }

    /** In a folder with the launcher in it, which builds nothing here. */
    static Terminal in(Path folder) throws IOException {
        String command = ServerProcess.java(List.of()).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Path launcher =
                Files.writeString(folder.resolve("onward"), "#!/usr/bin/env bash\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        return new Terminal(folder);
    }

    /** The lines of a page's commands. */
    static List<String> commands(String page) {
        return COMMANDS.matcher(page)
                .results()
                .map(MatchResult::group)
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("```"))
                .toList();
    }

    /** Does what a line says, and answers what came of it. */
    String does(String line) throws IOException, InterruptedException {
        if (line.startsWith(SERVE)) {
            return execute(line);
        }
        String here = here(line);
        return here.startsWith("curl ") ? curl.send(here, folder) : bash(here);
    }

    /** An address of the documentation as it is here. */
    String here(String address) {
        return address.replace(":" + USUAL_PORT, ":" + port);
    }

    /** How often they started the server. */
    int starts() {
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
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line + "\n" + said).isZero();
        if (line.startsWith("kill ")) {
            servers.getLast().awaitEnd();
        }
        return said;
    }
}
