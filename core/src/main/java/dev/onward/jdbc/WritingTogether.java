package dev.onward.jdbc;

import dev.onward.session.Change;
import java.util.List;
import java.util.Set;

/** Writes changes of sessions that Onward alone has written, several in one transaction. Answers whether they applied. */
record WritingTogether(Transactions transactions, ChangeWriter change, ChangesWriter changes)
        implements Gathering.Service<Change, Boolean> {

    /** Two changes of one session are never written at the same time. */
    @Override
    public Set<String> keys(Change item) {
        return Set.of(item.after().id());
    }

    @Override
    public Gathering.Attempt<Boolean> together(List<Change> items) {
        return transactions.writeTogether(connection -> changes.write(connection, items));
    }

    @Override
    public Boolean alone(Change item, long since) {
        return transactions.write(connection -> change.write(connection, item), since);
    }

    @Override
    public Boolean again(Change item, long since) {
        return transactions.writeAgain(connection -> change.write(connection, item), since);
    }
}
