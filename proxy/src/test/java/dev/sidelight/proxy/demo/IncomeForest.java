package dev.sidelight.proxy.demo;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.impl.ListExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * The demo's model as Tribuo trains it: a random forest over numbers and one indicator {@code
 * feature=category} per category, the leaves' distributions averaged.
 *
 * @param version 1, or 2: the same with every row of class {@code >50K} taken twice, as if someone
 *     had tried to balance the classes; its probabilities are higher
 */
record IncomeForest(int version, EnsembleModel<Label> model) {

  /** Rows before this one train the model, the others judge it. */
  static final int TRAINING_ROWS = 6_000;

  private static final int TREES = 60;
  private static final int DEPTH = 11;
  private static final float CHILD_WEIGHT = 4;
  private static final float FEATURES_PER_SPLIT = 0.25f;
  private static final long SEED = 7;
  private static final LabelFactory LABELS = new LabelFactory();

  private static final Logger TRIBUO = Logger.getLogger("org.tribuo"); // held, or it is forgotten

  static IncomeForest train(Census census, int version) {
    TRIBUO.setLevel(Level.WARNING); // else two lines for each tree
    var origin = new SimpleDataSourceProvenance("UCI Adult, first rows of the sample", LABELS);
    MutableDataset<Label> rows = new MutableDataset<>(origin, LABELS);
    for (int i = 0; i < TRAINING_ROWS; i++) {
      for (int copies = version == 2 ? 1 + census.label(i) : 1; copies > 0; copies--) {
        rows.add(example(census.row(i)));
      }
    }
    var tree =
        new CARTClassificationTrainer(
            DEPTH, CHILD_WEIGHT, 0f, FEATURES_PER_SPLIT, false, new GiniIndex(), SEED);
    var forest = new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), TREES, SEED);
    return new IncomeForest(version, (EnsembleModel<Label>) (Model<Label>) forest.train(rows));
  }

  /** The probability Tribuo gives to {@code >50K}. */
  double probability(List<String> row) {
    Prediction<Label> prediction = model.predict(example(row));
    return score(prediction.getOutputScores());
  }

  /** The score of {@code >50K} among those of both classes. */
  static double score(Map<String, Label> scores) {
    return requireNonNull(scores.get(Census.LABELS.get(1))).getScore();
  }

  /** A row of the census, or a row without its label. */
  private static Example<Label> example(List<String> row) {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int f = 0; f < Census.FEATURES.size(); f++) {
      if (Census.isNumeric(f)) {
        names.add(Census.FEATURES.get(f));
        values.add(Double.parseDouble(row.get(f)));
      } else {
        names.add(Census.FEATURES.get(f) + "=" + row.get(f));
        values.add(1.0);
      }
    }
    Label label =
        row.size() > names.size() ? new Label(row.get(names.size())) : LabelFactory.UNKNOWN_LABEL;
    return new ListExample<>(
        label,
        names.toArray(new String[0]),
        values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
