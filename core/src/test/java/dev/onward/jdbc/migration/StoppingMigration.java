package dev.onward.jdbc.migration;

import dev.onward.jdbc.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** A process that migrates a database and stops after a certain statement, so that a test can kill it there. */
public final class StoppingMigration {
    /** The line that it prints when it has stopped. */
    static final String STOPPED = "stopped";

    private StoppingMigration() {}

    /** @param arguments the database's URL, and a part of the statement after which it stops */
    public static void main(String[] arguments) {
        try (Database database = Database.open(stopping(arguments[0], arguments[1]))) {
            database.migrations().migrate();
        }
    }

    private static DataSource stopping(String url, String after) {
        return proxy(DataSource.class, (method, arguments) -> connection(DriverManager.getConnection(url), after));
    }

    private static Connection connection(Connection connection, String after) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            return method.getName().equals("createStatement") ? statement((Statement) result, after) : result;
        });
    }

    private static Statement statement(Statement statement, String after) {
        return proxy(Statement.class, (method, arguments) -> {
            Object result = call(statement, method, arguments);
            if (arguments.length > 0 && String.valueOf(arguments[0]).contains(after)) {
                System.out.println(STOPPED);
                while (true) {
                    LockSupport.park();
                }
            }
            return result;
        });
    }

    @FunctionalInterface
    private interface ProxyCall {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, ProxyCall call) {
        return type.cast(Proxy.newProxyInstance(
                StoppingMigration.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> call.handle(method, arguments == null ? new Object[0] : arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
