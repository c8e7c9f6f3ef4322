package dev.onward.jdbc.store;

import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Writes many changes of one release in one transaction: those that are plain together, the others one by one. */
record ReleaseWriter(Dialect dialect, UnitOfWorkWriter writer, BatchWriter writers) {

    private static final String COUNT = """
            UPDATE onboarding_releases SET moved = moved + ? WHERE id = ? AND finished_at IS NULL
            """;

    /** @param unitsOfWork of different sessions, all of the same release */
    List<CommitResult> write(Connection connection, List<UnitOfWork> unitsOfWork) throws SQLException {
        dialect.boundBatch(connection);
        String release = unitsOfWork.getFirst().release().orElseThrow();
        // Waits for whoever ends the release or moves a session by it at this moment: what is read afterwards stands.
        if (!count(connection, release, 0)) {
            return Collections.nCopies(unitsOfWork.size(), CommitResult.RELEASE_ENDED);
        }
        List<UnitOfWork> together = new ArrayList<>();
        for (UnitOfWork writing : unitsOfWork) {
            UnitOfWork uncounted = uncounted(writing);
            if (UnitOfWorkWriter.plain(uncounted)) {
                together.add(uncounted);
            }
        }
        // One that was left out is brought by itself, as one that no longer stands as it was read.
        List<CommitResult> writtenTogether = together.isEmpty()
                ? List.of()
                : writers.write(connection, together).stream()
                        .map(written -> written.orElse(CommitResult.CONFLICT))
                        .toList();
        long moved = writtenTogether.stream().filter(CommitResult.DONE::equals).count();
        List<CommitResult> written = new ArrayList<>();
        int next = 0;
        for (UnitOfWork writing : unitsOfWork) {
            written.add(
                    UnitOfWorkWriter.plain(uncounted(writing))
                            ? writtenTogether.get(next++)
                            : writer.write(connection, writing));
        }
        if (moved > 0) {
            count(connection, release, moved);
        }
        return written;
    }

    private static UnitOfWork uncounted(UnitOfWork writing) {
        return new UnitOfWork(
                writing.changes(), writing.preconditions(), writing.idempotencyRecord(), Optional.empty());
    }

    /** @return false where the release is over */
    private boolean count(Connection connection, String release, long moved) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            new StatementParameters(statement, dialect).number(moved).text(release);
            return statement.executeUpdate() == 1;
        }
    }
}
