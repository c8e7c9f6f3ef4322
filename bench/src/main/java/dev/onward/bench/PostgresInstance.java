package dev.onward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A PostgreSQL server of our own, durable as one that serves people: fsync and synchronous_commit stay on. It is reached
 * over TCP on loopback by Onward and by pgbench alike.
 */
final class PostgresInstance {
    static final String HOST = "127.0.0.1";
    static final String USER = "postgres";

    private static final int SHARED_BUFFERS_MIB = 1024;

    /** What differs from the defaults: room for the clients, and no checkpoint in the middle of a run. */
    static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_connections", "200",
            "shared_buffers", SHARED_BUFFERS_MIB + "MB",
            "maintenance_work_mem", "512MB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "30min");

    private final Commands commands;
    private final Tools.PostgresBinaries binaries;
    private final Path folder;
    private final int port;

    private PostgresInstance(Commands commands, Tools.PostgresBinaries binaries, Path folder, int port) {
        this.commands = commands;
        this.binaries = binaries;
        this.folder = folder;
        this.port = port;
    }

    static PostgresInstance start(
            Commands commands, BenchResources benchResources, Tools.PostgresBinaries binaries, Path folder) {
        PostgresInstance postgres = new PostgresInstance(commands, binaries, folder, freePort());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (Tools.root()) {
            commands.run("chown", USER + ":", folder.toString());
        }
        postgres.asOwner(
                "initdb", "-D", postgres.data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        benchResources.keep(postgres::stop);
        postgres.asOwner(
                "pg_ctl",
                "start",
                "-w",
                "-s",
                "-D",
                postgres.data(),
                "-l",
                folder.resolve("log").toString(),
                "-o",
                postgres.options());
        return postgres;
    }

    private String options() {
        StringBuilder options =
                new StringBuilder("-p " + port + " -c listen_addresses=" + HOST + " -k '" + folder + "'");
        SETTINGS.forEach(
                (name, value) -> options.append(" -c ").append(name).append('=').append(value));
        return options.toString();
    }

    static String settingsText() {
        return SETTINGS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** PostgreSQL does not run as root. */
    private void asOwner(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (Tools.root()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
        }
        command.add(binaries.path(program));
        command.addAll(List.of(arguments));
        commands.run(Map.of("LC_ALL", "C"), command);
    }

    /** Nobody needs the data any more, so it is quick. */
    private void stop() {
        List<String> command = new ArrayList<>();
        if (Tools.root()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
        }
        command.addAll(List.of(binaries.path("pg_ctl"), "stop", "-s", "-w", "-m", "immediate", "-D", data()));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new BenchException("PostgreSQL cannot be stopped; its data is in " + folder, e);
        }
    }

    /** What Onward and others call a database of this server. */
    String url(String database) {
        return "postgresql://" + USER + "@" + HOST + ":" + port + "/" + database;
    }

    /** The options by which its own programs find it. */
    List<String> address() {
        return List.of("-h", HOST, "-p", Integer.toString(port), "-U", USER);
    }

    String program(String name) {
        return binaries.path(name);
    }

    void create(String database) {
        sql("postgres", "CREATE DATABASE " + database);
    }

    /** @return what it answers, unadorned */
    String sql(String database, String statement) {
        return psql(database, List.of("-c", statement));
    }

    /** Runs a file; {@code variables} are what it names with a colon. */
    String file(String database, Path file, Map<String, ?> variables) {
        List<String> arguments = new ArrayList<>(List.of("-f", file.toString()));
        variables.forEach((name, value) -> arguments.addAll(List.of("-v", name + "=" + value)));
        return psql(database, arguments);
    }

    private String psql(String database, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(binaries.path("psql"), "-X", "-q", "-A", "-t"));
        command.addAll(List.of("-v", "ON_ERROR_STOP=1"));
        command.addAll(address());
        command.addAll(arguments);
        command.add(database);
        return commands.run(Map.of("PGOPTIONS", "-c client_min_messages=warning"), command)
                .strip();
    }

    String version() {
        return sql("postgres", "SHOW server_version");
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
