package dev.onward.jdbc;

import dev.onward.session.Writing;
import dev.onward.session.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes several plain writings ({@link WritingWriter#plain}) of different sessions, all or nothing. */
interface WritingsWriter {

    /** @return what became of each, in their order */
    List<Written> write(Connection connection, List<Writing> writings) throws SQLException;
}
