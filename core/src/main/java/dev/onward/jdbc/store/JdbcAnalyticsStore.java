package dev.onward.jdbc.store;

import dev.onward.analytics.AnalyticsStore;
import dev.onward.jdbc.transaction.DatabaseClock;
import dev.onward.jdbc.transaction.LongReads;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.FlowFigures;
import dev.onward.model.FlowFigures.DropOff;
import dev.onward.session.LongRead;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Figures over the existing sessions, and over deleted ones of which only the events remain. */
public record JdbcAnalyticsStore(Transactions transactions) implements AnalyticsStore {

    /**
     * A deleted session counts by its last known state. A superseded one counts only if it was completed, because its
     * person continues in the session that replaced it. The last activity in a deleted session is stored in its last
     * event; if other software deleted it, it is the time of the person's last event.
     */
    private static final String FIGURES = """
            WITH gone AS (
                SELECT flow, step, was_completed = 1 AND was_deleted = 0 AS completed,
                    CASE WHEN put_off > gone_on THEN session_created_at END AS dismissed_at,
                    session_created_at AS created_at,
                    CASE WHEN was_deleted = 1 THEN noted ELSE acted END AS last_active_at
                FROM (
                    SELECT e.flow, e.step, e.session_created_at,
                        row_number() OVER (
                            PARTITION BY e.session_id
                            ORDER BY CASE WHEN e.type = 'revised' THEN 1 ELSE 0 END, e.revision DESC, e.at DESC,
                                CASE e.type WHEN 'claimed' THEN 0 WHEN 'started' THEN 2 ELSE 1 END) AS newest,
                        max(CASE WHEN e.type = 'completed' THEN 1 ELSE 0 END)
                            OVER (PARTITION BY e.session_id) AS was_completed,
                        max(CASE WHEN e.type = 'deleted' THEN 1 ELSE 0 END)
                            OVER (PARTITION BY e.session_id) AS was_deleted,
                        max(CASE WHEN e.type = 'superseded' THEN 1 ELSE 0 END)
                            OVER (PARTITION BY e.session_id) AS was_superseded,
                        max(CASE WHEN e.type IN ('dismissed', 'exited') THEN e.revision ELSE 0 END)
                            OVER (PARTITION BY e.session_id) AS put_off,
                        max(CASE WHEN e.type IN ('reopened', 'deleted') THEN e.revision ELSE 0 END)
                            OVER (PARTITION BY e.session_id) AS gone_on,
                        max(e.session_last_active_at) OVER (PARTITION BY e.session_id) AS noted,
                        max(CASE WHEN e.revision > 0 AND e.type IN (
                                'step_done', 'skipped', 'revised', 'dismissed', 'reopened', 'claimed')
                                THEN e.at END)
                            OVER (PARTITION BY e.session_id) AS acted
                    FROM onboarding_events e
                    WHERE NOT EXISTS (SELECT 1 FROM onboarding_sessions s WHERE s.id = e.session_id)
                ) ranked
                WHERE newest = 1 AND (was_superseded = 0 OR (was_completed = 1 AND was_deleted = 0))
            ), known AS (
                SELECT flow, current_step AS step, completed, dismissed_at, created_at, last_active_at
                FROM onboarding_sessions
                WHERE completed OR superseded_by IS NULL
                UNION ALL
                SELECT flow, step, completed, dismissed_at, created_at, last_active_at FROM gone
            )
            SELECT known.flow, step, count(*) AS started, sum(CASE WHEN completed THEN 1 ELSE 0 END) AS completed,
                sum(CASE WHEN %s THEN 1 ELSE 0 END) AS dropped
            FROM known
            LEFT JOIN onboarding_flows f ON f.flow = known.flow
            GROUP BY known.flow, step
            """;

    private record Figure(String flow, String step, long started, long completed, long dropped) {}

    @Override
    public List<FlowFigures> figures(LongRead read) {
        Instant now = DatabaseClock.now(transactions);
        String sql = FIGURES.formatted(transactions.dialect().abandoned("coalesce(f.retention_hours, 24)", "?"));
        List<Figure> figures =
                new LongReads(transactions).all(read, sql, to -> to.time(now), JdbcAnalyticsStore::figure);
        return figures.stream()
                .collect(Collectors.groupingBy(Figure::flow, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(JdbcAnalyticsStore::flow)
                .toList();
    }

    private static Figure figure(ResultSet row) throws SQLException {
        return new Figure(
                row.getString("flow"),
                row.getString("step"),
                row.getLong("started"),
                row.getLong("completed"),
                row.getLong("dropped"));
    }

    private static FlowFigures flow(List<Figure> steps) {
        return new FlowFigures(
                steps.getFirst().flow(),
                steps.stream().mapToLong(Figure::started).sum(),
                steps.stream().mapToLong(Figure::completed).sum(),
                steps.stream().mapToLong(Figure::dropped).sum(),
                steps.stream()
                        .filter(step -> step.dropped() > 0)
                        .map(step -> new DropOff(step.step(), step.dropped()))
                        .sorted(Comparator.comparingLong(DropOff::sessions)
                                .reversed()
                                .thenComparing(DropOff::step))
                        .toList());
    }
}
