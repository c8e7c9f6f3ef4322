package dev.onward.server.http.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.concurrency.limits.LimitAlgorithm;
import java.util.Optional;

/**
 * Notifies a connection's transfer of the start and end of each request. Helidon takes a permit when it has read a
 * head, and returns it when the response is written and the body consumed. The permits are those of Helidon's own
 * limit.
 */
final class RequestBoundaries implements Limit {
    private final Limit limit;
    private final Transfer transfer;

    RequestBoundaries(Limit limit, Transfer transfer) {
        this.limit = limit;
        this.transfer = transfer;
    }

    @Override
    public Outcome tryAcquireOutcome(boolean wait) {
        Outcome outcome = limit.tryAcquireOutcome(wait);
        if (outcome instanceof Outcome.Accepted accepted) {
            transfer.headEnded();
            return Outcome.immediateAcceptance(
                    outcome.originName(), outcome.algorithmType(), new RequestPermit(accepted.token(), transfer));
        }
        return outcome;
    }

    @Override
    @SuppressWarnings("removal") // Abstract until Helidon removes it.
    public Optional<Token> tryAcquire() {
        return tryAcquire(true);
    }

    @Override
    @SuppressWarnings("removal") // Abstract until Helidon removes it.
    public Optional<Token> tryAcquire(boolean wait) {
        return tryAcquireOutcome(wait) instanceof Outcome.Accepted accepted
                ? Optional.of(accepted.token())
                : Optional.empty();
    }

    @Override
    public Limit copy() {
        return new RequestBoundaries(limit.copy(), transfer);
    }

    @Override
    public String name() {
        return limit.name();
    }

    @Override
    public String type() {
        return limit.type();
    }

    private record RequestPermit(LimitAlgorithm.Token token, Transfer transfer) implements LimitAlgorithm.Token {
        @Override
        public void dropped() {
            token.dropped();
            transfer.requestEnded();
        }

        @Override
        public void ignore() {
            token.ignore();
            transfer.requestEnded();
        }

        @Override
        public void success() {
            token.success();
            transfer.requestEnded();
        }
    }
}
