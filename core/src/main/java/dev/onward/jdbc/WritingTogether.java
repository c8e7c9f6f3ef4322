package dev.onward.jdbc;

import dev.onward.session.Change;
import dev.onward.session.Receipt;
import dev.onward.session.Writing;
import dev.onward.session.Written;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes plain writings ({@link WritingWriter#plain}), several in one transaction. */
record WritingTogether(Transactions transactions, WritingWriter writer, WritingsWriter writers)
        implements Gathering.Service<Writing, Written> {

    /** Two changes of one session are never written at the same time, and neither is one request twice. */
    @Override
    public Set<String> keys(Writing item) {
        Set<String> keys = new HashSet<>();
        item.changes().stream().map(Change::after).forEach(session -> keys.add(session.id()));
        item.receipt().map(Receipt::id).ifPresent(keys::add);
        return keys;
    }

    @Override
    public BatchAttempt<Written> together(List<Writing> items) {
        return transactions.writeTogether(connection -> writers.write(connection, items));
    }

    @Override
    public Written alone(Writing item, long since) {
        return transactions.write(connection -> writer.write(connection, item), since);
    }

    @Override
    public Written again(Writing item, long since, Throwable reason) {
        return transactions.writeAgain(connection -> writer.write(connection, item), since, reason);
    }
}
