package dev.onward.definition;

import java.util.Iterator;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Checks YAML before it is composed: deep nesting would overflow the stack, and aliases could multiply the text. */
final class YamlEvents {
    private static final int MAX_DEPTH = 32;

    private final FlowErrors errors;

    YamlEvents(FlowErrors errors) {
        this.errors = errors;
    }

    void check(Iterator<Event> events) {
        int depth = 0;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event) {
                case AliasEvent alias -> add(event, "uses an alias: write out its content");
                case ScalarEvent scalar -> scalar.getTag().ifPresent(tag -> refuseTag(event, tag));
                case CollectionStartEvent start -> {
                    start.getTag().ifPresent(tag -> refuseTag(event, tag));
                    depth++;
                }
                case CollectionEndEvent end -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                add(event, "is nested more than " + MAX_DEPTH + " levels deep here: make it flatter");
                return;
            }
        }
    }

    private void refuseTag(Event event, String tag) {
        add(event, "uses the YAML tag " + tag + ": remove it");
    }

    private void add(Event event, String problem) {
        event.getStartMark().ifPresent(mark -> errors.add(FlowErrors.line(mark), "", problem));
    }
}
