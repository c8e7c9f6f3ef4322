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

/** Writes many changes of one release in one transaction: plain ones in one batch, the others one by one. */
record ReleaseWriter(Dialect dialect, UnitOfWorkWriter writer, BatchWriter writers) {

    private static final String COUNT = """
            UPDATE onboarding_releases SET moved = moved + ? WHERE id = ? AND finished_at IS NULL
            """;

    /** @param unitsOfWork change different sessions of the same release */
    List<CommitResult> write(Connection connection, List<UnitOfWork> unitsOfWork) throws SQLException {
        dialect.limitBatch(connection);
        String release = unitsOfWork.getFirst().release().orElseThrow();
        // This update waits for transactions that end the release or move a session, so later reads see their effects.
        if (!count(connection, release, 0)) {
            return Collections.nCopies(unitsOfWork.size(), CommitResult.RELEASE_ENDED);
        }
        List<UnitOfWork> batched = new ArrayList<>();
        for (UnitOfWork unitOfWork : unitsOfWork) {
            UnitOfWork uncounted = uncounted(unitOfWork);
            if (UnitOfWorkWriter.plain(uncounted)) {
                batched.add(uncounted);
            }
        }
        // The caller retries one that was left out, as it does with a conflict.
        List<CommitResult> batchResults = batched.isEmpty()
                ? List.of()
                : writers.write(connection, batched).stream()
                        .map(written -> written.orElse(CommitResult.CONFLICT))
                        .toList();
        long moved = batchResults.stream().filter(CommitResult.DONE::equals).count();
        List<CommitResult> written = new ArrayList<>();
        int next = 0;
        for (UnitOfWork unitOfWork : unitsOfWork) {
            written.add(
                    UnitOfWorkWriter.plain(uncounted(unitOfWork))
                            ? batchResults.get(next++)
                            : writer.write(connection, unitOfWork));
        }
        if (moved > 0) {
            count(connection, release, moved);
        }
        return written;
    }

    private static UnitOfWork uncounted(UnitOfWork unitOfWork) {
        return new UnitOfWork(
                unitOfWork.changes(), unitOfWork.preconditions(), unitOfWork.idempotencyRecord(), Optional.empty());
    }

    /** @return false if the release has ended */
    private boolean count(Connection connection, String release, long moved) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            new StatementParameters(statement, dialect).number(moved).text(release);
            return statement.executeUpdate() == 1;
        }
    }
}
