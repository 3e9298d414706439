package dev.sidelight.proxy.page;

import dev.sidelight.logger.RequestSummary;
import dev.sidelight.proxy.page.chart.ShareBar;
import dev.sidelight.proxy.page.chart.TimingStrip;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import dev.sidelight.proxy.serve.RowView;
import java.util.Comparator;
import java.util.List;

/** What the model said, and how long it took. */
final class AnswerCard {

  private static final int CLASSES_MAX = 10;

  private AnswerCard() {}

  static void prediction(RowView row, Markup to) {
    to.open("section", "class", "card").element("h2", "Prediction");
    to.open("p", "class", "answer").element("strong", RequestLine.answer(row));
    if (Double.isFinite(row.score())) {
      to.element("span", " " + Figures.score(row.score()), "class", "muted");
    }
    to.close();
    List<RowView.NamedScore> scores =
        row.probabilities().stream()
            .sorted(Comparator.comparingDouble(score -> -score.score()))
            .limit(CLASSES_MAX)
            .toList();
    if (!scores.isEmpty()) {
      to.open("table", "class", "scores").element("caption", "Scores by class", "class", "hidden");
      to.open("tbody");
      for (RowView.NamedScore score : scores) {
        to.open("tr").element("th", score.name(), "scope", "row").open("td", "class", "bar");
        ShareBar.draw(score.score(), to);
        to.close().element("td", Figures.score(score.score()), "class", "number").close();
      }
      to.close().close();
    }
    int more = row.probabilities().size() - scores.size();
    if (more > 0) {
      to.element("p", "and " + more + " classes with less", "class", "muted");
    }
    to.close();
  }

  static void timing(RequestSummary s, Markup to) {
    long model = Math.max(0, Math.min(s.upstreamMicros(), s.latencyMicros()));
    long ours = s.latencyMicros() - model;
    to.open("section", "class", "card").element("h2", "Time");
    TimingStrip.draw(ours, model, to);
    to.open("p", "class", "legend muted");
    key("ours", "Sidelight " + Figures.duration(ours), to);
    key("model", "model " + Figures.duration(model), to);
    to.close().close();
  }

  private static void key(String kind, String words, Markup to) {
    to.open("span").element("span", "", "class", "key " + kind, "aria-hidden", "true");
    to.text(words).close();
  }
}
