package dev.sidelight.logger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Answers as the test says and remembers what it was sent. */
final class ScriptedSink implements Sink {

  static final Result WRITTEN = new Result.Written();

  final List<List<Long>> sends = new ArrayList<>();
  final List<Function<List<LoggedEvent>, List<Result>>> script = new ArrayList<>();

  /** The next calls, in order; when they are used up everything is written. */
  ScriptedSink then(Function<List<LoggedEvent>, List<Result>> answer) {
    script.add(answer);
    return this;
  }

  /** The same answer to every event of the next call. */
  ScriptedSink thenAll(Result result) {
    return then(batch -> batch.stream().map(_ -> result).toList());
  }

  /** From now on, per event. */
  ScriptedSink always(Function<LoggedEvent, Result> answer) {
    for (int i = 0; i < 10_000; i++) {
      then(batch -> batch.stream().map(answer).toList());
    }
    return this;
  }

  @Override
  public boolean wants(LoggedEvent event) {
    return !(event.event() instanceof dev.sidelight.core.event.PayloadEvent.Gap);
  }

  @Override
  public List<Result> write(List<LoggedEvent> batch) {
    sends.add(batch.stream().map(LoggedEvent::sequence).toList());
    return script.isEmpty()
        ? batch.stream().map(_ -> WRITTEN).toList()
        : script.removeFirst().apply(batch);
  }

  @Override
  public void close() {
    // nothing is held
  }
}
