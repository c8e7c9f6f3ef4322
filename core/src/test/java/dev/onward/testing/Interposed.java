package dev.onward.testing;

import dev.onward.session.SessionStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A real store before whose every write something happens: what was decided is not written yet. */
public final class Interposed {
    private Interposed() {}

    /** Happens before a write. */
    @FunctionalInterface
    public interface Happening {
        void happen() throws Exception;
    }

    public static SessionStore beforeEachWrite(SessionStore store, Happening happening) {
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
