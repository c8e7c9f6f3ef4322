package dev.onward.walks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A session as the model sees it, and the actions on it alone. Each action returns {@link #DONE}, {@link #SAME} if
 * nothing changes, or the name of the exception with which it is rejected.
 */
final class ModelSession {
    static final String DONE = "done";
    static final String SAME = "same";
    static final String SKIPPED = "-";

    final String id;
    final ModelFlow flow;
    final Instant createdAt;
    Optional<String> user;
    Instant updatedAt;
    long revision = 1;
    String currentStep = "started";
    boolean completed;
    Optional<Instant> completedAt = Optional.empty();
    Optional<Instant> dismissedAt = Optional.empty();
    Optional<String> supersededBy = Optional.empty();

    /** The word of the answer to each step, or that it was skipped. */
    final Map<String, String> answers = new HashMap<>();

    /** The K-Block that each step created. */
    final Map<String, ModelKBlock> kblocks = new HashMap<>();

    /** Revision, type and step. */
    final List<String> events = new ArrayList<>(List.of("1 started started"));

    ModelSession(String id, ModelFlow flow, Optional<String> user, Instant now) {
        this.id = id;
        this.flow = flow;
        this.user = user;
        this.createdAt = now;
        this.updatedAt = now;
    }

    boolean superseded() {
        return supersededBy.isPresent();
    }

    boolean dismissed() {
        return !superseded() && !completed && dismissedAt.isPresent();
    }

    boolean open() {
        return !superseded() && !completed && dismissedAt.isEmpty();
    }

    String state() {
        if (superseded()) {
            return "SUPERSEDED";
        }
        if (completed) {
            return currentStep.equals("completed") ? "COMPLETED" : "FINISHED";
        }
        return open() ? "OPEN" : "DISMISSED";
    }

    boolean visible(ModelStep step) {
        return step.when().isEmpty()
                || step.when().stream().anyMatch(all -> all.entrySet().stream().allMatch(this::holds));
    }

    private boolean holds(Map.Entry<String, Set<String>> condition) {
        return flow.step(condition.getKey()).filter(this::visible).isPresent()
                && condition.getValue().contains(answers.getOrDefault(condition.getKey(), "nothing"));
    }

    List<ModelStep> visible() {
        return flow.steps().stream().filter(this::visible).toList();
    }

    boolean done(ModelStep step) {
        return visible(step) && answers.containsKey(step.id());
    }

    List<ModelStep> done() {
        return flow.steps().stream().filter(this::done).toList();
    }

    private List<ModelStep> left() {
        return visible().stream().filter(step -> !done(step)).toList();
    }

    /** The next step. */
    Optional<String> next() {
        return completed ? Optional.empty() : left().stream().map(ModelStep::id).findFirst();
    }

    private boolean reachable(ModelStep step) {
        return visible(step)
                && (done(step)
                        || left().stream()
                                .filter(before -> !before.optional())
                                .noneMatch(before -> flow.steps().indexOf(before)
                                        < flow.steps().indexOf(step)));
    }

    private Optional<String> closed() {
        return superseded() ? Optional.of("Superseded") : dismissed() ? Optional.of("Dismissed") : Optional.empty();
    }

    private Optional<String> rejection(String stepId) {
        Optional<ModelStep> step = flow.step(stepId);
        return closed().or(() -> step.isEmpty() ? Optional.of("StepNotFound") : Optional.empty())
                .or(() -> reachable(step.orElseThrow()) ? Optional.empty() : Optional.of("StepNotReachable"));
    }

    private String already(ModelStep step) {
        return flow.declares().equals(Optional.of(step)) ? "AlreadyDeclared" : "AlreadyAnswered";
    }

    String declare(String word, Instant now) {
        return flow.declares().map(step -> submit(step.id(), word, now)).orElse("NoDeclarationStep");
    }

    String submit(String stepId, String word, Instant now) {
        Optional<String> rejection = rejection(stepId);
        if (rejection.isPresent()) {
            return rejection.get();
        }
        ModelStep step = flow.step(stepId).orElseThrow();
        String current = answers.getOrDefault(stepId, SKIPPED);
        if (current.equals(word)) {
            return SAME;
        }
        boolean revision = !current.equals(SKIPPED);
        if (revision && !step.revisable()) {
            return already(step);
        }
        if (!step.kind().words().contains(word)) {
            return "InvalidAnswer";
        }
        if (step.kind() == ModelStep.Kind.KBLOCK) {
            kblocks.put(stepId, new ModelKBlock(word, this));
        }
        return answer(stepId, word, revision ? "revised" : "step_done", now);
    }

    String skip(String stepId, Instant now) {
        Optional<String> rejection = rejection(stepId);
        if (rejection.isPresent()) {
            return rejection.get();
        }
        ModelStep step = flow.step(stepId).orElseThrow();
        if (!step.optional()) {
            return "StepRequired";
        }
        if (SKIPPED.equals(answers.get(stepId))) {
            return SAME;
        }
        boolean revision = answers.containsKey(stepId);
        if (revision && !step.revisable()) {
            return already(step);
        }
        return answer(stepId, SKIPPED, revision ? "revised" : "skipped", now);
    }

    private String answer(String stepId, String word, String event, Instant now) {
        answers.put(stepId, word);
        change(now, event + " " + stepId);
        if (open() && !event.equals("revised")) {
            currentStep = stepId;
        }
        completeIfNothingIsLeft(now);
        return DONE;
    }

    void completeIfNothingIsLeft(Instant now) {
        if (open() && flow.byLastStep() && left().isEmpty()) {
            completed = true;
            completedAt = Optional.of(now);
            events.add(revision + " completed " + currentStep);
        }
    }

    String dismiss(Instant now) {
        if (superseded() || completed) {
            return superseded() ? "Superseded" : "AlreadyCompleted";
        }
        if (dismissed()) {
            return SAME;
        }
        dismissedAt = Optional.of(now);
        change(now, "dismissed " + currentStep);
        return DONE;
    }

    String reopen(Instant now) {
        if (superseded() || completed) {
            return superseded() ? "Superseded" : "AlreadyCompleted";
        }
        if (open()) {
            return SAME;
        }
        dismissedAt = Optional.empty();
        change(now, "reopened " + currentStep);
        return DONE;
    }

    String complete(Instant now) {
        if (closed().isPresent()) {
            return closed().get();
        }
        if (currentStep.equals("completed")) {
            return SAME;
        }
        boolean missing = left().stream().anyMatch(step -> !step.optional());
        if (!completed && missing && !flow.early()) {
            return "StepsMissing";
        }
        currentStep = "completed";
        change(now, completed ? "confirmed completed" : "completed completed");
        completed = true;
        completedAt = Optional.of(now);
        return DONE;
    }

    void supersede(String by, Instant now) {
        supersededBy = Optional.of(by);
        dismissedAt = Optional.empty();
        change(now, "superseded " + currentStep);
    }

    /** The next revision, with its events. */
    void change(Instant now, String... happened) {
        revision++;
        updatedAt = now;
        for (String event : happened) {
            events.add(revision + " " + event);
        }
    }
}
