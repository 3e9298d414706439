package dev.sidelight.explainers;

import dev.sidelight.core.tensor.Instances;
import java.util.List;
import java.util.Optional;

/**
 * What would have to be different in one row for the model to answer as wanted, made only of values
 * seen in traffic.
 *
 * @param target the wanted answer: for classes its index and label (index -1 and an empty label
 *     where any other class will do), for numbers the column
 * @param band the wanted band of a number; empty for classes
 * @param prediction of the explained row as it is
 * @param answers at most as many as the settings say, fewest changes first, then the least
 *     distance; empty: no success
 * @param failure why there is no answer; empty on success
 * @param candidates logged rows the search started from
 * @param loggedRows logged rows it looked at
 * @param rounds complete rounds behind this result
 */
public record Counterfactual(
    Target target,
    Optional<Interval> band,
    Prediction prediction,
    List<Answer> answers,
    Optional<Failure> failure,
    int candidates,
    int loggedRows,
    boolean deterministic,
    Stopped stopped,
    int rounds,
    long seed,
    Cost cost)
    implements Explanation {

  public Counterfactual {
    answers = List.copyOf(answers);
    if (answers.isEmpty() == failure.isEmpty()) {
      throw new IllegalArgumentException("a counterfactual has answers or a failure, not both");
    }
  }

  public boolean success() {
    return failure.isEmpty();
  }

  /**
   * What the model says of a row.
   *
   * @param value the score of the predicted class, or the number; 1 where the output is a label
   * @param label name of the predicted class; empty for a number or where classes have no names
   * @param index column of the predicted class or of the number; -1 for a label not in the schema
   */
  public record Prediction(double value, String label, int index) {}

  /**
   * One row that gets the wanted answer.
   *
   * @param changes in column order, at least one
   * @param distance sum over the changes: |difference| in interquartile ranges for numbers, 1 for
   *     everything else; >= 0
   * @param nearestRequestId the logged request whose values these are; empty where the log gave no
   *     id
   * @param row n = 1, ready to be sent
   * @param confirmed the model was asked once more, not from any cache, and said the same
   * @param minimal no single change can be taken back
   */
  public record Answer(
      List<Change> changes,
      double distance,
      Prediction prediction,
      Optional<String> nearestRequestId,
      Instances row,
      boolean confirmed,
      boolean minimal) {

    public Answer {
      changes = List.copyOf(changes);
      if (changes.isEmpty() || row.rows() != 1) {
        throw new IllegalArgumentException(
            "an answer is one row with at least one change, got %d rows, %d changes"
                .formatted(row.rows(), changes.size()));
      }
      if (!(distance >= 0 && distance < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a distance must be finite and >= 0, got " + distance);
      }
    }
  }

  /**
   * @param name of the feature; of a one-hot group the group's
   * @param from the explained row's value; of a one-hot group the hot member
   */
  public record Change(String name, Literal from, Literal to) {}

  /** Why there is no answer. */
  public enum Failure {
    /** No logged row was answered as wanted. */
    NO_ROWS("no_rows"),
    /** Some were, but none that shares the values that may not change. */
    IMMUTABLE("immutable"),
    /** The model does not answer any of them so today. */
    NOT_CONFIRMED("not_confirmed");

    private final String word;

    Failure(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
