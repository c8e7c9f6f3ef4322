package dev.onward.transition;

import dev.onward.definition.FlowReader;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import java.util.ArrayList;
import java.util.List;

/**
 * Flows for the table of transitions. The first step of each decides whether others are visible, so a session can be
 * completed by its last step, and can get further steps when that answer is revised.
 */
final class TableFlows {
    static final String TABLE = "table";
    static final String BY_CALL = "by-call";
    static final String EARLY = "early";
    static final String PLAIN = "plain";
    static final String CREDO = "credo";
    static final String BRANCH = "branch";

    /** Sessions start with version 2; version 1 says what happens to sessions that move to it. */
    static final String MIGRATING = "migrating";

    static final String EXITED = "leaving";
    static final String COMPLETED_BY_LAST_STEP = "ending";
    static final String REPLACING = "replacing";
    static final String EXITING = "exiting";

    private static final String STEPS = """
            steps:
              - {id: path, title: Path, input: {enum: [short, long]}}
              - {id: hello, title: Hello, when: {path: {const: long}}}
              - id: name
                title: Name
                when: {path: {const: long}}
                input: {type: object, required: [name], properties: {name: {type: string}}}
              - {id: plan, title: Plan, revisable: false, when: {path: {const: long}}, input: {enum: [free, team]}}
              - {id: team, title: Team, when: {plan: {const: team}}, input: {type: integer}}
              - {id: credo, title: Credo, creates: kblock, when: {path: {const: long}}}
              - {id: notes, title: Notes, optional: true, when: {path: {const: long}}, input: {type: string}}
              - id: tips
                title: Tips
                optional: true
                revisable: false
                when: {path: {const: long}}
                input: {type: string}
              - {id: last, title: Last, when: {path: {const: long}}}
            """;

    private TableFlows() {}

    static FlowCatalog catalog() {
        List<Flow> flows = new ArrayList<>(List.of(
                FlowReader.review("table.yaml", "flow: table\ntitle: Table\n" + STEPS),
                FlowReader.review("by-call.yaml", "flow: by-call\ntitle: By call\ncompletes: call\n" + STEPS),
                FlowReader.review("early.yaml", "flow: early\ntitle: Early\ncompletes_early: true\n" + STEPS),
                FlowReader.review("plain.yaml", """
                        flow: plain
                        title: Plain
                        steps:
                          - {id: path, title: Path, input: {enum: [short, long]}}
                          - {id: more, title: More, when: {path: {const: long}}}
                        """),
                FlowReader.review("credo.yaml", """
                        flow: credo
                        title: Credo
                        steps:
                          - {id: path, title: Path, input: {enum: [short, long]}}
                          - {id: credo, title: Credo, creates: kblock, when: {path: {const: long}}}
                        """),
                FlowReader.review("branch.yaml", """
                        flow: branch
                        title: Branch
                        steps:
                          - {id: path, title: Path, input: {enum: [short, long]}}
                          - {id: plan, title: Plan, when: {path: {const: long}}, input: {enum: [free, team]}}
                          - {id: team, title: Team, when: {plan: {const: team}}}
                        """)));
        flows.addAll(versions(MIGRATING, "in_flight: migrate\n" + STEPS));
        flows.addAll(
                versions(EXITED, "in_flight: migrate\nsteps:\n  - {id: path, title: Path, input: {type: string}}\n"));
        flows.addAll(versions(COMPLETED_BY_LAST_STEP, """
                in_flight: migrate
                step_map: {hello: null, name: null}
                steps:
                  - {id: path, title: Path, input: {type: string}}
                """));
        flows.addAll(versions(REPLACING, "in_flight: restart\n" + STEPS));
        flows.addAll(versions(EXITING, "in_flight: exit\n" + STEPS));
        return FlowCatalog.of(flows);
    }

    private static List<Flow> versions(String flow, String first) {
        String head = "flow: " + flow + "\ntitle: Versions\n";
        return List.of(
                FlowReader.review(flow + ".yaml", head + first),
                FlowReader.review(flow + ".yaml", head + STEPS).atVersion(2));
    }
}
