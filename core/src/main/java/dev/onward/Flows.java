package dev.onward;

import dev.onward.definition.FlowDefinition;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.FlowError;
import dev.onward.model.OnboardingException;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.publishing.FlowStore;
import dev.onward.publishing.Publisher;
import dev.onward.publishing.StoredVersion;
import java.util.List;
import java.util.Optional;

/**
 * The flows of the installation. Thread-safe; every method except {@link #check} blocks until the database has answered.
 *
 * <p>These may throw {@link OnboardingException.StoreUnavailable}, {@link OnboardingException.StoreBusy},
 * {@link OnboardingException.StoreFull} or {@link OnboardingException.StoreFailed}: nothing happened; and from
 * {@code publish}, {@link OnboardingException.OutcomeUnknown}: it may have happened or not. Repeat it: what is published
 * already is not published again.
 */
public final class Flows {
    /** What a definition is called in error messages. */
    private static final String NAME = "definition";

    private final FlowCatalog catalog;
    private final FlowStore store;
    private final Publisher publisher;

    Flows(FlowCatalog catalog, FlowStore store, Publisher publisher) {
        this.catalog = catalog;
        this.store = store;
        this.publisher = publisher;
    }

    /**
     * Lists the flows. Another node's release shows within a second. Blocks.
     *
     * @return all flows in their current versions, in the order of their ids
     */
    public List<FlowSummary> list() {
        return catalog.all().stream()
                .map(flow -> new FlowSummary(
                        flow.id(),
                        flow.version(),
                        flow.title(),
                        flow.onboarding(),
                        flow.steps().size()))
                .toList();
    }

    /**
     * Reads the definition of a version. Blocks.
     *
     * @param flow the flow's id
     * @param version the version's number
     * @return the definition as JSON; empty if there is no such version
     */
    public Optional<String> definition(String flow, int version) {
        return store.version(flow, version).map(StoredVersion::json);
    }

    /**
     * Publishes a definition in the mode {@link PublishMode#PUBLISH}. Blocks.
     *
     * @param definition YAML or JSON
     * @return what became of the definition
     * @throws OnboardingException.InvalidFlow if the definition breaks a rule; nothing is published
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public PublishReport publish(String definition) {
        return publish(definition, PublishMode.PUBLISH);
    }

    /**
     * Publishes a definition. Open sessions of other versions follow as the definition's {@code in_flight} says, in the
     * background. Blocks.
     *
     * @param definition YAML or JSON
     * @param mode what to do if the flow is published already
     * @return what became of the definition
     * @throws OnboardingException.InvalidFlow if the definition breaks a rule; nothing is published
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public PublishReport publish(String definition, PublishMode mode) {
        return publisher.publish(FlowDefinition.of(NAME, definition), mode, PublishOrigin.API);
    }

    /**
     * Checks a definition without publishing it. Does not ask the database, and does not block.
     *
     * @param definition YAML or JSON
     * @return all errors, in the order of its lines; none if it may be published
     */
    public List<FlowError> check(String definition) {
        return FlowDefinition.check(NAME, definition).errors();
    }

    /**
     * A flow in its current version.
     *
     * @param id the flow's id
     * @param version the version that new sessions follow
     * @param title the flow's title
     * @param onboarding whether completing it sets {@code onboardingCompletedAt} of the user's profile
     * @param steps how many steps it has
     */
    public record FlowSummary(String id, int version, String title, boolean onboarding, int steps) {}
}
