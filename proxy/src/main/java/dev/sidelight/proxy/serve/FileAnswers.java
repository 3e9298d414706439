package dev.sidelight.proxy.serve;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.tensor.BackgroundSample;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.RowAnswers;
import dev.sidelight.explainers.gateway.BatchKey;
import dev.sidelight.explainers.gateway.PredictorGateway;
import dev.sidelight.explainers.gateway.Priority;
import dev.sidelight.explainers.gateway.SessionSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a model once what it says of the rows of a large reference file, so that the background is
 * in proportion to it. Blocks; thread-safe: two who ask at once share every row.
 */
final class FileAnswers {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Gateways gateways;

  FileAnswers(Gateways gateways) {
    this.gateways = gateways;
  }

  /**
   * Does nothing where there is nothing to be decided. A model that is too slow, or takes no more
   * rows now, leaves the choice to chance.
   *
   * @param key under which the explanation's own rows are asked
   * @throws PredictorException when the model fails: then so would the explanation
   */
  void decide(ServedModel model, BatchKey key, ModelReference reference, Instances request) {
    HttpBackend.Wire wire = (HttpBackend.Wire) key.envelope();
    Optional<Undecided> undecided = reference.undecided(request, wire.protocol());
    if (undecided.isEmpty()) {
      return;
    }
    SessionSpec spec =
        new SessionSpec(key, Priority.BATCH, PATIENCE, /* independentDraws= */ false);
    Optional<PredictorGateway.Session> open = gateways.of(model).open(spec);
    if (open.isEmpty()) {
      return;
    }
    try (PredictorGateway.Session session = open.get()) {
      RowAnswers said = session.ask(undecided.get().rows());
      int[] strata =
          BackgroundSample.strata(Instances.of("answer", AnswerClasses.of(said.outputs())));
      reference.decide(undecided.get(), strata, said.failed());
    } catch (PredictorException e) {
      if (e.kind() != PredictorException.Kind.CANCELLED) {
        throw e;
      }
    }
  }
}
