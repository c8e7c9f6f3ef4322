package dev.onward.bench.environment;

import dev.onward.bench.process.BenchException;
import dev.onward.bench.process.BenchResources;
import dev.onward.bench.process.Commands;
import dev.onward.bench.process.Tools;
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
 * A PostgreSQL server for one run, as durable as in production: fsync and synchronous_commit stay on. Onward and
 * pgbench both connect over TCP on loopback.
 */
public final class PostgresInstance {
    static final String HOST = "127.0.0.1";
    static final String USER = "postgres";

    private static final int SHARED_BUFFERS_MIB = 1024;

    /** Settings that differ from PostgreSQL's defaults: enough connections, and no checkpoint during a run. */
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

    public static PostgresInstance start(
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
        benchResources.register(postgres::stop);
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

    public static String settingsText() {
        return SETTINGS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** Runs a program as the server's owner, because PostgreSQL does not run as root. */
    private void asOwner(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (Tools.root()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
        }
        command.add(binaries.path(program));
        command.addAll(List.of(arguments));
        commands.run(Map.of("LC_ALL", "C"), command);
    }

    /** Stops the server immediately; its data is not needed any more. */
    private void stop() {
        List<String> command = new ArrayList<>();
        if (Tools.root()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
        }
        command.addAll(List.of(binaries.path("pg_ctl"), "stop", "-s", "-w", "-m", "immediate", "-D", data()));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new BenchException("PostgreSQL did not stop; its data is in " + folder, e);
        }
    }

    /** The JDBC URL of a database on this server. */
    public String url(String database) {
        return "postgresql://" + USER + "@" + HOST + ":" + port + "/" + database;
    }

    /** The options with which PostgreSQL's own programs connect to this server. */
    public List<String> address() {
        return List.of("-h", HOST, "-p", Integer.toString(port), "-U", USER);
    }

    public String program(String name) {
        return binaries.path(name);
    }

    public void create(String database) {
        sql("postgres", "CREATE DATABASE " + database);
    }

    /** @return the result of the statement, without headers and alignment */
    public String sql(String database, String statement) {
        return psql(database, List.of("-c", statement));
    }

    /** Runs a file with psql. {@code variables} are the psql variables that it uses. */
    public String file(String database, Path file, Map<String, ?> variables) {
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

    public String version() {
        return sql("postgres", "SHOW server_version");
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
