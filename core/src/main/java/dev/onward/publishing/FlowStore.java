package dev.onward.publishing;

import dev.onward.model.PublishReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stores published flows. Every call reads or writes the database. Implementations are thread-safe, and throw the
 * exceptions of the session store.
 */
public interface FlowStore {

    /** The number of the current version of each published flow. */
    Map<String, Integer> current();

    /** A version of a flow, as stored. */
    Optional<StoredVersion> version(String flow, int number);

    /** The versions of every flow, in order of their ids. */
    List<FlowVersions> all();

    /** The versions of one flow. */
    Optional<FlowVersions> find(String flow);

    /**
     * Publishes definitions of different flows in one transaction, all or none. Concurrent publications of the same
     * flow wait.
     *
     * @return the results, in the same order
     */
    List<PublishReport> publish(List<FlowPublication> publications, FlowPublication.PublishOrigin origin, Instant now);

    /**
     * Publishes files. From then on, exactly these flows are file flows.
     *
     * @param others flows whose files were published before
     */
    List<PublishReport> publishFiles(List<FlowPublication> publications, Set<String> others, Instant now);

    /** The files that were published before, by the hash of their text. */
    Map<String, FlowFileVersion> files();

    /** Records published files by the hash of their text. */
    void addFiles(Map<String, FlowFileVersion> files);
}
