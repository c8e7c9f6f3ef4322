package dev.onward.jdbc;

import dev.onward.session.Writing;
import dev.onward.session.Written;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Writes many changes of one release in one transaction: those that are plain together, the others one by one. */
record ReleaseWriter(Dialect dialect, WritingWriter writer, WritingsWriter writers) {

    private static final String COUNT = """
            UPDATE onboarding_releases SET moved = moved + ? WHERE id = ? AND finished_at IS NULL
            """;

    /** @param writings of different sessions, all of the same release */
    List<Written> write(Connection connection, List<Writing> writings) throws SQLException {
        dialect.boundBatch(connection);
        String release = writings.getFirst().release().orElseThrow();
        // Waits for whoever ends the release or moves a session by it at this moment: what is read afterwards stands.
        if (!count(connection, release, 0)) {
            return Collections.nCopies(writings.size(), Written.RELEASE_OVER);
        }
        List<Writing> together = new ArrayList<>();
        for (Writing writing : writings) {
            Writing uncounted = uncounted(writing);
            if (WritingWriter.plain(uncounted)) {
                together.add(uncounted);
            }
        }
        // One that was left out is brought by itself, as one that no longer stands as it was read.
        List<Written> writtenTogether = together.isEmpty()
                ? List.of()
                : writers.write(connection, together).stream()
                        .map(written -> written.orElse(Written.OVERTAKEN))
                        .toList();
        long moved = writtenTogether.stream().filter(Written.DONE::equals).count();
        List<Written> written = new ArrayList<>();
        int next = 0;
        for (Writing writing : writings) {
            written.add(
                    WritingWriter.plain(uncounted(writing))
                            ? writtenTogether.get(next++)
                            : writer.write(connection, writing));
        }
        if (moved > 0) {
            count(connection, release, moved);
        }
        return written;
    }

    private static Writing uncounted(Writing writing) {
        return new Writing(writing.changes(), writing.premises(), writing.receipt(), Optional.empty());
    }

    /** @return false where the release is over */
    private boolean count(Connection connection, String release, long moved) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            new Parameters(statement, dialect).number(moved).text(release);
            return statement.executeUpdate() == 1;
        }
    }
}
