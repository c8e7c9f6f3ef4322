package dev.onward.jdbc.store;

import dev.onward.jdbc.batch.GroupCommit;
import dev.onward.jdbc.transaction.BatchResult;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.transition.SessionChange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes plain units of work ({@link UnitOfWorkWriter#plain}), several in one transaction. */
public record BatchWrite(Transactions transactions, UnitOfWorkWriter writer, BatchWriter writers)
        implements GroupCommit.BatchOperation<UnitOfWork, CommitResult> {

    /** Two changes of one session are never written at the same time, nor are two attempts at one request. */
    @Override
    public Set<String> keys(UnitOfWork item) {
        Set<String> keys = new HashSet<>();
        item.changes().stream().map(SessionChange::after).forEach(session -> keys.add(session.id()));
        item.idempotencyRecord().map(IdempotencyRecord::id).ifPresent(keys::add);
        return keys;
    }

    @Override
    public BatchResult<CommitResult> executeBatch(List<UnitOfWork> items) {
        return transactions.writeBatch(connection -> writers.write(connection, items));
    }

    @Override
    public CommitResult executeSingle(UnitOfWork item, long since) {
        return transactions.write(connection -> writer.write(connection, item), since);
    }

    @Override
    public CommitResult executeAfterUnknownOutcome(UnitOfWork item, long since, Throwable reason) {
        return transactions.writeAgain(connection -> writer.write(connection, item), since, reason);
    }
}
