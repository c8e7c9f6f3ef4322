package dev.onward.jdbc;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import java.sql.PreparedStatement;
import java.util.Optional;

/** What the database has to know of the flows. */
record FlowRegister(Transactions transactions) {
    private static final String PUT = """
            INSERT INTO onboarding_flows (flow, onboarding, retention_hours)
            VALUES (?, ?, ?)
            ON CONFLICT (flow) DO UPDATE
                SET onboarding = excluded.onboarding, retention_hours = excluded.retention_hours
            """;

    void put(FlowCatalog flows) {
        transactions.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PUT)) {
                for (Flow flow : flows.all()) {
                    Optional<Integer> retention = flow.retentionHours().isPresent()
                            ? Optional.of(flow.retentionHours().getAsInt())
                            : Optional.empty();
                    new Parameters(statement, transactions.dialect())
                            .text(flow.id())
                            .truth(flow.onboarding())
                            .number(retention);
                    statement.executeUpdate();
                }
            }
            return true;
        });
    }
}
