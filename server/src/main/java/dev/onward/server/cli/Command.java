package dev.onward.server.cli;

import dev.onward.server.config.Setting;
import dev.onward.server.config.Settings;
import java.util.List;
import org.apache.commons.cli.Option;

/** One thing that the command line can do. */
public interface Command {

    /** What it is called. */
    String name();

    /** What it does, in a sentence. */
    String description();

    /** Its own options. */
    default List<Option> options() {
        return List.of();
    }

    /** What stands behind it without an option's name, for its usage; empty where nothing does. */
    default String words() {
        return "";
    }

    /** The settings that can be given as options; the environment and the file give them all. */
    default List<Setting> settings() {
        return List.of(Setting.DB, Setting.DB_WAIT, Setting.POOLER, Setting.LOG_FORMAT, Setting.LOG_LEVEL);
    }

    /**
     * Does it.
     *
     * @return the exit code
     */
    int run(Settings settings, Arguments arguments);
}
