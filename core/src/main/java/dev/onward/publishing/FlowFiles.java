package dev.onward.publishing;

import dev.onward.definition.FlowDefinition;
import java.util.List;
import java.util.Map;

/**
 * The files of a server that define flows, all of different flows.
 *
 * @param changed those that were not published before, as they were reviewed, by the hash of their text
 * @param unchanged those that were
 */
public record FlowFiles(Map<String, FlowDefinition> changed, List<FlowFileVersion> unchanged) {}
