package dev.onward.server;

import dev.onward.server.cli.Command;
import dev.onward.server.cli.CommandException;
import dev.onward.server.cli.Console;
import dev.onward.server.config.Setting;
import dev.onward.server.config.Settings;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Runs the server until the process is told to stop. */
@CommandLine.Command(name = "serve", description = "Runs the server until it is told to stop.")
final class ServeCommand implements Command {
    private final Console console;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public List<Setting> options() {
        return List.of(Setting.values());
    }

    @Override
    public int run(Settings settings) {
        Lifetime lifetime = new Lifetime();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("onward-stop").unstarted(lifetime::close));
        try (lifetime) {
            new Welcome(Onward.start(settings, lifetime)).lines().forEach(console.out()::println);
            console.out().flush();
            lifetime.awaitEnd();
            return 0;
        } catch (Lifetime.Over e) {
            return 0;
        } catch (RuntimeException e) {
            throw refusedAddress(e)
                    .<RuntimeException>map(refused -> new CommandException(
                            settings.host() + " port " + settings.port() + " cannot be listened on ("
                                    + refused.getMessage()
                                    + "). Stop what uses it, or choose another with --port and --host.",
                            e))
                    .orElse(e);
        }
    }

    private static Optional<BindException> refusedAddress(Throwable e) {
        return switch (e) {
            case BindException refused -> Optional.of(refused);
            default -> Optional.ofNullable(e.getCause()).flatMap(ServeCommand::refusedAddress);
        };
    }
}
