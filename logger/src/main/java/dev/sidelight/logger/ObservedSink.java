package dev.sidelight.logger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * A sink whose events somebody else wants to see too, without reading the log a second time: what
 * was written is shown once more, in order, on the sink's thread. After a restart the last batch
 * may be shown again, as it may be written again.
 */
public final class ObservedSink implements Sink {

  private final Sink sink;
  private final Consumer<List<LoggedEvent>> observer;

  /**
   * @param observer quick, and throws nothing: it holds up the sink
   */
  public ObservedSink(Sink sink, Consumer<List<LoggedEvent>> observer) {
    this.sink = sink;
    this.observer = observer;
  }

  /** For an observer where there is no other sink. */
  public static ObservedSink alone(Consumer<List<LoggedEvent>> observer) {
    return new ObservedSink(new Nowhere(), observer);
  }

  @Override
  public boolean wants(LoggedEvent event) {
    return sink.wants(event);
  }

  @Override
  public List<Result> write(List<LoggedEvent> batch) {
    List<Result> results = sink.write(batch);
    List<LoggedEvent> written = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size() && i < results.size(); i++) {
      if (results.get(i) instanceof Result.Written) {
        written.add(batch.get(i));
      }
    }
    if (!written.isEmpty()) {
      observer.accept(written);
    }
    return results;
  }

  @Override
  public void close() {
    sink.close();
  }

  /** Takes everything and keeps nothing. */
  private static final class Nowhere implements Sink {

    private static final Result WRITTEN = new Result.Written();

    @Override
    public boolean wants(LoggedEvent event) {
      return true;
    }

    @Override
    public List<Result> write(List<LoggedEvent> batch) {
      return Collections.nCopies(batch.size(), WRITTEN);
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
