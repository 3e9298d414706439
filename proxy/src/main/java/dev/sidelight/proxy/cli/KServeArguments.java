package dev.sidelight.proxy.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The arguments that KServe's controller writes: {@code --snake_case}, with {@code =} or a blank,
 * repeated. A newer controller must not kill the pod, so a snake-case flag nobody knows is one
 * warning. The explainer takes nothing but warnings: no unknown flag of any form ends it.
 *
 * @param arguments in kebab case, ready for the parser
 * @param warnings what was left out
 */
record KServeArguments(List<String> arguments, List<String> warnings) {

  private static final String LENIENT_ROLE = "explainer";

  private static final Set<String> WITHOUT_EFFECT =
      Set.of("--enable-latency-logging", "--enable-grpc", "--grpc-port");

  static KServeArguments of(List<String> given, Set<String> known) {
    List<String> arguments = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    boolean lenient = given.indexOf(LENIENT_ROLE) == 0;
    for (int i = 0; i < given.size(); i++) {
      String argument = given.get(i);
      String name = name(argument);
      boolean isSnake = argument.startsWith("--") && name.contains("_");
      String kebab = isSnake ? name.replace('_', '-') : name;
      boolean isIdle = WITHOUT_EFFECT.contains(kebab);
      boolean isFlag = isSnake || (lenient && isFlag(argument));
      boolean isUnknown = isFlag && !isIdle && !known.contains(kebab);
      if (!isUnknown && !isIdle) {
        arguments.add(isSnake ? kebab + argument.substring(name.length()) : argument);
        continue;
      }
      warnings.add(
          isUnknown
              ? "unknown flag " + name + " is ignored"
              : "flag " + name + " has no effect in this role and version");
      if (name.length() == argument.length()
          && i + 1 < given.size()
          && !given.get(i + 1).startsWith("--")) {
        i++; // its value
      }
    }
    return new KServeArguments(arguments, warnings);
  }

  private static boolean isFlag(String argument) {
    return argument.startsWith("-")
        && !argument.equals("-h")
        && !argument.equals("--help")
        && !argument.matches("-[\\d.].*"); // a number is a value
  }

  private static String name(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }
}
