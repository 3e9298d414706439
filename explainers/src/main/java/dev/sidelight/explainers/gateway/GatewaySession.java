package dev.sidelight.explainers.gateway;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.RowAnswers;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The blocking side of one {@link Owner}. */
final class GatewaySession implements PredictorGateway.Session {

  private final PredictorGateway gateway;
  private final Owner owner;
  private final long deadline;
  private volatile boolean cancelled;
  private volatile @Nullable Ask current;
  private @Nullable RowShape outputs;

  GatewaySession(PredictorGateway gateway, Owner owner) {
    this.gateway = gateway;
    this.owner = owner;
    this.deadline = owner.openedAt + owner.spec.deadline().toNanos();
  }

  @Override
  public RowAnswers ask(Instances rows) {
    return ask(rows, deterministic() || !owner.spec.independentDraws());
  }

  @Override
  public RowAnswers askUncached(Instances rows) {
    return ask(rows, /* merged= */ false);
  }

  private RowAnswers ask(Instances rows, boolean merged) {
    if (expired()) {
      throw ended();
    }
    Lane lane = gateway.read(d -> d.lane(owner.spec.key(), RowShape.of(rows)));
    AskRows distinct = AskRows.of(rows, lane.id, gateway.hasher(), merged);
    Ask ask = new Ask(owner, lane, distinct, merged, gateway.now());
    current = ask;
    gateway.change(d -> d.submit(ask));
    if (expired() || gateway.isClosed()) {
      drop(ask); // whoever ended the session meanwhile may not have seen this question
    }
    await(ask);
    current = null;
    return checked(ask.result());
  }

  @Override
  public void know(Instances row, Instances answer) {
    RowShape shape = RowShape.of(row);
    RowValues output = RowShape.of(answer).read(answer, 0);
    gateway.change(
        d -> {
          Lane lane = d.lane(owner.spec.key(), shape);
          d.know(lane, gateway.hasher().hash(lane.id, row, 0), output, gateway.now());
        });
  }

  /** All pieces are one round trip: the later ones wait for nothing that the first did not. */
  @Override
  public void askInPieces(Iterator<Instances> pieces, Consumer<RowAnswers> answers) {
    boolean first = true;
    while (pieces.hasNext()) {
      if (!first) {
        gateway.change(d -> owner.roundTrips--);
      }
      first = false;
      answers.accept(ask(pieces.next()));
    }
  }

  private void await(Ask ask) {
    try {
      if (!ask.done.await(Math.max(0, deadline - gateway.now()), TimeUnit.NANOSECONDS)) {
        drop(ask);
      }
    } catch (InterruptedException e) {
      cancelled = true;
      drop(ask);
      Thread.currentThread().interrupt();
    }
  }

  private void drop(Ask ask) {
    gateway.change(d -> d.drop(ask, ended()));
  }

  private PredictorException ended() {
    return new PredictorException(
        Kind.CANCELLED,
        cancelled ? "the explanation was cancelled" : "the explanation's deadline has passed");
  }

  /** Also from one question to the next a model must not change what it answers with. */
  private RowAnswers checked(RowAnswers answers) {
    RowShape shape = RowShape.of(answers.outputs());
    RowShape before = outputs;
    if (before != null && !before.fits(shape)) {
      throw new PredictorException(
          Kind.BAD_RESPONSE, "the model changed the shape of its outputs during an explanation");
    }
    outputs = shape;
    return answers;
  }

  @Override
  public Cost spent() {
    return gateway.read(
        d ->
            new Cost(
                owner.rowsLogical,
                owner.rowsAsked,
                owner.rowsSent,
                owner.cacheHits,
                owner.roundTrips,
                owner.backendCalls,
                PredictorGateway.millis(owner.queueNanos),
                PredictorGateway.millis(gateway.now() - owner.openedAt)));
  }

  @Override
  public boolean expired() {
    return cancelled || owner.gone || gateway.now() >= deadline;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public boolean deterministic() {
    return gateway.read(d -> !d.isNoisy());
  }

  @Override
  public void cancel() {
    cancelled = true;
    Ask ask = current;
    if (ask != null) {
      drop(ask);
    }
  }

  @Override
  public void close() {
    gateway.change(
        d -> {
          Ask ask = current;
          if (ask != null) {
            d.drop(ask, ended());
          }
          d.close(owner);
        });
  }
}
