package dev.onward.publishing;

import dev.onward.model.PublishReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where published flows are kept. Every call reads or writes the database. Implementations are thread-safe, and throw
 * what the store of sessions throws where the database fails.
 */
public interface FlowStore {

    /** The number of the current version of each flow of which something is published. */
    Map<String, Integer> current();

    /** A version of a flow, as it is kept. */
    Optional<StoredVersion> version(String flow, int number);

    /** What is published of each flow, in the order of their ids. */
    List<FlowVersions> all();

    /** What is published of one flow. */
    Optional<FlowVersions> find(String flow);

    /**
     * Publishes definitions of different flows in one transaction, all of them or none. Whoever publishes the same flow
     * at the same moment waits.
     *
     * @return what became of each, in the same order
     */
    List<PublishReport> publish(List<FlowPublication> publications, FlowPublication.PublishOrigin origin, Instant now);

    /**
     * The same for what files define. From then on exactly these flows come from files.
     *
     * @param others flows whose files were published before
     */
    List<PublishReport> publishFiles(List<FlowPublication> publications, Set<String> others, Instant now);

    /** Which files were published before, by the hash of their text. */
    Map<String, FlowFileVersion> files();

    /** Notes that files are published, by the hash of their text. */
    void addFiles(Map<String, FlowFileVersion> files);
}
