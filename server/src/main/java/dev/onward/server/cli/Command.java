package dev.onward.server.cli;

import dev.onward.server.config.Setting;
import dev.onward.server.config.Settings;
import java.util.List;
import org.apache.commons.cli.Option;

/** A command of the command line. */
public interface Command {

    /** The name of the command. */
    String name();

    /** The description in the help: one sentence. */
    String description();

    /** The options of this command alone. */
    default List<Option> options() {
        return List.of();
    }

    /** The operands in its usage line; empty if there are none. */
    default String words() {
        return "";
    }

    /** The settings that it accepts as options. The environment and the settings file accept all. */
    default List<Setting> settings() {
        return List.of(Setting.DB, Setting.DB_WAIT, Setting.POOLER, Setting.LOG_FORMAT, Setting.LOG_LEVEL);
    }

    /**
     * Runs the command.
     *
     * @return the exit code
     */
    int run(Settings settings, Arguments arguments);
}
