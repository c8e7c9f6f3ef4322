package dev.onward.web.access;

import dev.onward.web.http.Request;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;

/** Decides whether a caller may use a route. */
public final class Authorizer {
    private final AccessPolicy access;
    private final boolean localOnly;

    /** @param localOnly whether every caller is on this machine and trusted */
    public Authorizer(AccessPolicy access, boolean localOnly) {
        this.access = access;
        this.localOnly = localOnly;
    }

    /** @throws ApiException if the caller lacks the permission */
    public void require(Permission permission, Request request) {
        switch (permission) {
            case ANYONE -> {}
            case OWNER -> access.caller(request);
            case OPERATOR -> access.requireOperator(request);
            case OPERATOR_HIDDEN -> {
                if (!access.isOperator(request)) {
                    throw new ApiException(
                            ProblemCode.PROFILE_NOT_FOUND,
                            "There is no such profile, or you may not read it. Profiles require the operator key.");
                }
            }
            case LOCAL_ONLY -> {
                if (!localOnly) {
                    access.requireOperator(request);
                }
            }
        }
    }
}
