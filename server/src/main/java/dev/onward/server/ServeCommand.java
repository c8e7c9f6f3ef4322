package dev.onward.server;

import dev.onward.server.cli.Arguments;
import dev.onward.server.cli.Command;
import dev.onward.server.cli.CommandException;
import dev.onward.server.cli.Console;
import dev.onward.server.config.Setting;
import dev.onward.server.config.Settings;
import dev.onward.server.http.ListenException;
import java.util.List;

/** Runs the server until the process is stopped. */
final class ServeCommand implements Command {
    private final Console console;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String description() {
        return "Runs the server until it is stopped.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.values());
    }

    @Override
    public int run(Settings settings, Arguments arguments) {
        CloseableScope lifetime = new CloseableScope();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("onward-stop").unstarted(lifetime::close));
        try (lifetime) {
            OnwardServer onward = OnwardServer.start(settings, lifetime);
            console.out().println(String.join(System.lineSeparator(), new StartupMessage(onward).lines()));
            lifetime.awaitEnd();
            lifetime.failure().ifPresent(reason -> {
                throw new CommandException(reason);
            });
            return 0;
        } catch (CloseableScope.AlreadyClosed e) {
            return 0;
        } catch (ListenException e) {
            throw new CommandException(
                    settings.host() + " port " + settings.port() + " is not available (" + e.getMessage()
                            + "). Stop the program that uses it, or choose another with --port or --host.",
                    e);
        }
    }
}
