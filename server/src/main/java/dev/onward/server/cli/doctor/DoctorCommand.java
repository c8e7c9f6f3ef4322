package dev.onward.server.cli.doctor;

import dev.onward.server.cli.Arguments;
import dev.onward.server.cli.Command;
import dev.onward.server.cli.Console;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Setting;
import dev.onward.server.config.SettingSources;
import dev.onward.server.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks everything that a server needs, and prints what to do about each problem. */
public final class DoctorCommand implements Command {
    private static final int OLDEST_JAVA = 25;
    private static final long MIN_FREE_BYTES = 256L * 1024 * 1024;
    private static final long MEBIBYTE = 1024L * 1024;

    private final Console console;

    public DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String description() {
        return "Checks everything that a server needs.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.values());
    }

    @Override
    public int run(Settings settings, Arguments arguments) {
        List<CheckResult> findings = new ArrayList<>();
        findings.add(java());
        findings.add(CheckResult.ok(
                "settings: " + settings.mode().word() + " mode on " + settings.host() + " port " + settings.port()));
        SettingSources.unknown(console.environment())
                .forEach(name -> findings.add(CheckResult.problem("settings: the environment variable " + name
                        + " is not a setting of Onward. Correct its name, or unset it")));
        findings.add(port(settings));
        freeSpace(settings.database()).ifPresent(findings::add);
        findings.add(new OperatorKeyCheck(settings).finding());
        findings.addAll(new IdentityCheck(settings.mode(), settings.issuers()).findings());
        settings.flows()
                .map(FlowFolderCheck::new)
                .map(FlowFolderCheck::findings)
                .ifPresent(findings::addAll);
        findings.addAll(new DatabaseCheck(settings.databaseAccess().once(), settings.migrate()).findings());
        findings.forEach(finding -> console.out().println(finding.line()));
        return findings.stream().allMatch(CheckResult::ok) ? 0 : 1;
    }

    private static CheckResult java() {
        Runtime.Version version = Runtime.version();
        return version.feature() >= OLDEST_JAVA
                ? CheckResult.ok("Java " + version)
                : CheckResult.problem("Java " + version + " is too old: install a JDK " + OLDEST_JAVA + " or newer");
    }

    /** A port in use by a running server is no problem; an address of another machine is. */
    private static CheckResult port(Settings settings) {
        if (!canBind(settings.host(), 0)) {
            return CheckResult.problem(
                    "host " + settings.host() + " is not an address of this machine: correct it with --host");
        }
        if (canBind(settings.host(), settings.port())) {
            return CheckResult.ok("port " + settings.port() + " is free");
        }
        return CheckResult.ok("port " + settings.port() + " is in use, by a running Onward or another program");
    }

    private static boolean canBind(String host, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<CheckResult> freeSpace(DatabaseUrl url) {
        return switch (url) {
            case DatabaseUrl.Sqlite(Path file) -> Optional.of(freeSpace(existing(file)));
            case DatabaseUrl.Postgres _ -> Optional.empty();
        };
    }

    private static CheckResult freeSpace(Path file) {
        try {
            long freeSpace = Files.getFileStore(file).getUsableSpace();
            String text = "disk space: " + freeSpace / MEBIBYTE + " MiB free for " + file;
            return freeSpace < MIN_FREE_BYTES
                    ? CheckResult.problem(text + ". Free some space, or move the database")
                    : CheckResult.ok(text);
        } catch (IOException e) {
            return CheckResult.problem("disk space: " + file + " cannot be read. Make it readable for this user");
        }
    }

    /** The file, or its closest parent folder that exists. */
    private static Path existing(Path file) {
        Path folder = file;
        while (!Files.exists(folder)) {
            folder = Optional.ofNullable(folder.getParent()).orElseThrow();
        }
        return folder;
    }
}
