package dev.onward.session;

import dev.onward.flow.Answer;
import dev.onward.flow.Answers;
import dev.onward.flow.Step;
import dev.onward.flow.Way;
import dev.onward.kblock.KBlock;
import dev.onward.schema.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What an answer to a step changes in a session that takes answers. Pure but for new ids. */
final class Steps {
    /** How many bytes the answers of a session may take as JSON. */
    static final int LARGEST = 64 * 1024;

    private final Changes changes;

    Steps(Changes changes) {
        this.changes = changes;
    }

    Outcome submit(Journey journey, String stepId, Object value, Instant now) {
        return onReachable(journey, stepId, (step, way) -> {
            Optional<Answer.Given> standing = way.answers().given(step.id());
            boolean same = standing.filter(given -> given.value().equals(value)).isPresent();
            if (same && (step.creates().isEmpty() || standing.get().kblockId().isPresent())) {
                return new Outcome.Done();
            }
            if (standing.isPresent() && !same && !step.revisable()) {
                return new Outcome.Refused(already(journey, step));
            }
            List<Violation> violations = AnswerRules.violations(step, value);
            return violations.isEmpty()
                    ? answer(journey, step, value, now)
                    : new Outcome.Refused(new OnboardingException.InvalidAnswer(violations));
        });
    }

    private Outcome answer(Journey journey, Step step, Object value, Instant now) {
        Optional<KBlock> kblock = step.creates().map(artefact -> kblock(journey, step, value, now));
        Answer.Given given = new Answer.Given(value, kblock.map(KBlock::id));
        Answers answers = journey.answers();
        if (answers.with(step.id(), given).size() > LARGEST) {
            return new Outcome.Refused(new OnboardingException.AnswersTooLarge());
        }
        EventType type =
                answers.given(step.id()).isPresent() && step.revisable() ? EventType.REVISED : EventType.STEP_DONE;
        return changed(journey, journey.workWith(step, given), step, type, kblock, now);
    }

    private KBlock kblock(Journey journey, Step step, Object value, Instant now) {
        String text = new Declaration(Declaration.in(value).orElseThrow()).text();
        Session session = journey.session();
        return journey.declares(step)
                ? KBlock.ofFirstDeclaration(changes.newId(), session.id(), session.userId(), text, now)
                : KBlock.ofDeclaration(changes.newId(), session.id(), session.userId(), text, now);
    }

    Outcome skip(Journey journey, String stepId, Instant now) {
        return onReachable(journey, stepId, (step, way) -> {
            if (!step.optional()) {
                return new Outcome.Refused(new OnboardingException.StepRequired(journey, step));
            }
            Optional<Answer> standing = way.answers().of(step.id());
            if (standing.isEmpty()) {
                return skip(journey, step, EventType.SKIPPED, now);
            }
            return switch (standing.get()) {
                case Answer.Skipped() -> new Outcome.Done();
                case Answer.Given given ->
                    step.revisable()
                            ? skip(journey, step, EventType.REVISED, now)
                            : new Outcome.Refused(already(journey, step));
            };
        });
    }

    private Outcome skip(Journey journey, Step step, EventType type, Instant now) {
        return changed(journey, journey.workWith(step, new Answer.Skipped()), step, type, Optional.empty(), now);
    }

    /** What comes after the completion does not move the milestone, nor does a revision. */
    private Outcome changed(
            Journey before, Work work, Step step, EventType type, Optional<KBlock> kblock, Instant now) {
        Session session = before.session();
        boolean moves = session.state() == SessionState.OPEN && type != EventType.REVISED;
        Standing standing = moves ? session.standing().reached(step.id()) : session.standing();
        Change change = changes.ofSteps(
                        before, session.with(work).with(standing), List.of(changes.event(type, step.id(), now)), now)
                .making(kblock);
        return new Outcome.Changed(new Journey(change.after(), before.flow()), List.of(change));
    }

    private static Outcome onReachable(Journey journey, String stepId, BiFunction<Step, Way, Outcome> then) {
        Optional<Step> step = journey.flow().step(stepId);
        if (step.isEmpty()) {
            return new Outcome.Refused(new OnboardingException.StepNotFound(journey));
        }
        Way way = journey.way();
        return way.reachable(step.get())
                ? then.apply(step.get(), way)
                : new Outcome.Refused(new OnboardingException.StepNotReachable(journey, step.get()));
    }

    private static OnboardingException already(Journey journey, Step step) {
        return journey.declares(step)
                ? new OnboardingException.AlreadyDeclared(journey)
                : new OnboardingException.AlreadyAnswered(journey, step);
    }
}
