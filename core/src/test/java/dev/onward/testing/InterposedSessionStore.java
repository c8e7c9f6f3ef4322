package dev.onward.testing;

import dev.onward.session.SessionStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A real store that runs an action before each write, when the change has been decided and not written. */
public final class InterposedSessionStore {
    private InterposedSessionStore() {}

    /** Runs before a write. */
    @FunctionalInterface
    public interface WriteAction {
        void happen() throws Exception;
    }

    public static SessionStore beforeEachWrite(SessionStore store, WriteAction happening) {
        return (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(), new Class<?>[] {SessionStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        happening.happen();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
