package org.latticelift.io.run.task;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Handlers of operating-system signals through {@code sun.misc.Signal}. Reflection, because the
 * compiler's warning about that class cannot be switched off and warnings are errors here.
 */
final class SystemSignals {
  private SystemSignals() {}

  static void handle(String name, Runnable action) {
    InvocationHandler invocation =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> run(action);
              case "hashCode" -> System.identityHashCode(proxy);
              case "equals" -> proxy == arguments[0];
              default -> "handler of " + name;
            };
    install(
        name,
        type ->
            Proxy.newProxyInstance(
                SystemSignals.class.getClassLoader(), new Class<?>[] {type}, invocation));
  }

  static void restoreDefault(String name) {
    install(name, type -> type.getField("SIG_DFL").get(null));
  }

  /** Makes a {@code sun.misc.SignalHandler}. */
  private interface HandlerFactory {
    Object make(Class<?> type) throws ReflectiveOperationException;
  }

  private static void install(String name, HandlerFactory factory) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, type)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), factory.make(type));
    } catch (ReflectiveOperationException e) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "cannot handle SIG" + name,
          System.getProperty("java.vm.name"),
          "a JVM with sun.misc.Signal that does not use this signal itself",
          "Use OpenJDK 17 or later without -Xrs",
          e);
    }
  }

  private static Object run(Runnable action) {
    action.run();
    return null;
  }
}
