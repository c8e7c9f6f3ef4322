package dev.onward.jdbc.store;

import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes several plain units of work ({@link UnitOfWorkWriter#plain}) of different sessions: all or none. */
public interface BatchWriter {

    /** @return the result of each, in order; empty for one that was left out and has to be written alone */
    List<Optional<CommitResult>> write(Connection connection, List<UnitOfWork> unitsOfWork) throws SQLException;
}
