package dev.sidelight.proxy.serve.format;

import dev.sidelight.explainers.Condition;
import java.io.IOException;

/** A rule's condition as {@code rules:check} and {@code method: "rule"} take it back. */
final class ConditionJson {

  private ConditionJson() {}

  static void write(JsonOut json, Condition condition) throws IOException {
    json.text("feature", condition.feature());
    json.text("op", condition.op());
    switch (condition) {
      case Condition.Equal equal -> json.literal("value", equal.value());
      case Condition.Above above -> json.number("low", above.low());
      case Condition.AtMost atMost -> json.number("high", atMost.high());
      case Condition.Within within -> {
        json.number("low", within.low());
        json.number("high", within.high());
      }
      case Condition.Kept kept -> json.whole("player", kept.player());
    }
  }
}
