package dev.onward.jdbc;

import dev.onward.session.Writing;
import dev.onward.session.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes several plain writings ({@link WritingWriter#plain}) of different sessions; if it fails, none of them. */
interface WritingsWriter {

    /** @return what became of each, in their order; empty for one that was left out and has to be written alone */
    List<Optional<Written>> write(Connection connection, List<Writing> writings) throws SQLException;
}
