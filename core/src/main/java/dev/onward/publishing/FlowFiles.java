package dev.onward.publishing;

import dev.onward.definition.FlowDefinition;
import java.util.List;
import java.util.Map;

/**
 * A server's flow files, all of different flows.
 *
 * @param changed the reviewed definitions of files that were not published before, by the hash of their text
 * @param unchanged the files that were published before
 */
public record FlowFiles(Map<String, FlowDefinition> changed, List<FlowFileVersion> unchanged) {}
