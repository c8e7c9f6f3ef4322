package dev.onward.server.cli;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowFormatException;
import dev.onward.server.config.Setting;
import dev.onward.server.config.Settings;
import dev.onward.server.storage.FlowFile;
import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Works with flow files. It needs no database, so that a team can check its flows in its own CI. */
public final class FlowsCommand implements Command {
    private static final String CHECK = "check";

    private final Console console;

    public FlowsCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "flows";
    }

    @Override
    public String description() {
        return "Checks flow files: onward flows check FILE...";
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public List<PositionalParamSpec> words() {
        return List.of(
                PositionalParamSpec.builder()
                        .index("0")
                        .paramLabel(CHECK)
                        .type(String.class)
                        .required(true)
                        .description("What to do: check tells all that is wrong with the files.")
                        .build(),
                PositionalParamSpec.builder()
                        .index("1..*")
                        .paramLabel("FILE")
                        .arity("1..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .required(true)
                        .description("Flow definitions, as YAML or JSON.")
                        .build());
    }

    @Override
    public int run(Settings settings, Arguments arguments) {
        List<String> words = arguments.words();
        if (!words.getFirst().equals(CHECK)) {
            throw new CommandException("flows knows only check: onward flows check FILE...");
        }
        long bad = words.stream().skip(1).filter(file -> !isGood(file)).count();
        return bad == 0 ? 0 : 1;
    }

    private boolean isGood(String file) {
        try {
            Flow flow = FlowFile.read(console.folder().resolve(file), file).flow();
            console.out()
                    .println(file + ": " + flow.id() + " is fine, "
                            + flow.steps().size() + (flow.steps().size() == 1 ? " step." : " steps."));
            return true;
        } catch (FlowFormatException e) {
            e.errors().forEach(error -> console.err().println(error.text()));
            return false;
        }
    }
}
