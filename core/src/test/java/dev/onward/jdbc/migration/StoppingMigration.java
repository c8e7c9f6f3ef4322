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
        return proxy(DataSource.class, (method, given) -> connection(DriverManager.getConnection(url), after));
    }

    private static Connection connection(Connection connection, String after) {
        return proxy(Connection.class, (method, given) -> {
            Object result = call(connection, method, given);
            return method.getName().equals("createStatement") ? statement((Statement) result, after) : result;
        });
    }

    private static Statement statement(Statement statement, String after) {
        return proxy(Statement.class, (method, given) -> {
            Object result = call(statement, method, given);
            if (given.length > 0 && String.valueOf(given[0]).contains(after)) {
                System.out.println(STOPPED);
                while (true) {
                    LockSupport.park();
                }
            }
            return result;
        });
    }

    @FunctionalInterface
    private interface Call {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
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
