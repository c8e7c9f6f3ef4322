package dev.onward.server.cli;

import dev.onward.server.config.Setting;
import dev.onward.server.config.Settings;
import java.util.List;

/** One thing that the command line can do. Its own options are picocli's annotations. */
public interface Command {

    /** The settings that can be given as options; the environment and the file give them all. */
    default List<Setting> options() {
        return List.of(Setting.DB, Setting.LOG_FORMAT, Setting.LOG_LEVEL);
    }

    /**
     * Does it.
     *
     * @return the exit code
     */
    int run(Settings settings);
}
