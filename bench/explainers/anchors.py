"""Anchors, ours and Alibi's, on forests over Adult, California (above the median price) and breast cancer. Every rule
that is announced as good is measured again with fresh draws: the rule's features jointly from a reference row that
satisfies it (one by one when under 10 do), all others jointly from another reference row."""
import argparse
import os
import struct
import subprocess
import time
import warnings

import numpy as np
import pandas as pd

DATA = os.environ["PEERS_DATA"]
REFERENCE = 10_000


def tables():
    from sklearn.datasets import load_breast_cancer

    frame = pd.read_csv(f"{DATA}/adult_census.csv").dropna()
    y = (frame.pop("class").str.strip() == ">50K").to_numpy(int)
    frame = frame.drop(columns=["fnlwgt", "education-num"])
    categories = [not pd.api.types.is_numeric_dtype(frame[c]) for c in frame]
    for column, is_category in zip(frame.columns, categories):
        if is_category:
            frame[column] = frame[column].astype("category").cat.codes
    yield "adult", frame.to_numpy(float), y, categories
    frame = pd.read_csv(f"{DATA}/california_housing.csv").dropna()
    y = frame.pop("MedHouseVal").to_numpy(float)
    yield "california", frame.to_numpy(float), (y > np.median(y)).astype(int), [False] * frame.shape[1]
    cancer = load_breast_cancer()
    yield "cancer", cancer.data, cancer.target, [False] * cancer.data.shape[1]


class Model:
    """A forest's class, counting calls, rows and the time spent in it."""

    def __init__(self, forest):
        self._forest = forest
        self.reset()

    def reset(self):
        self.calls = self.rows = 0
        self.seconds = 0.0

    def __call__(self, rows):
        began = time.process_time()
        answer = self._forest.predict(rows)
        self.seconds += time.process_time() - began
        self.calls += 1
        self.rows += len(rows)
        return answer


class Sidelight:
    """Protocol: AnchorBridge."""

    def __init__(self, reference, categories):
        self._n = reference.shape[1]
        self._process = subprocess.Popen(os.environ["SIDELIGHT_BRIDGE"].split(), stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE)
        to = self._process.stdin
        to.write(struct.pack(">ii", self._n, len(reference)) + bytes(int(c) for c in categories))
        to.write(reference.astype(">f8").tobytes())
        to.flush()

    def __call__(self, model, row, seed, threshold):
        to, of = self._process.stdin, self._process.stdout
        to.write(struct.pack(">idq", 1, threshold, seed) + row.astype(">f8").tobytes())
        to.flush()
        while True:
            (count,) = struct.unpack(">i", of.read(4))
            if count == -2:
                return None
            if count == -1:
                break
            asked = np.frombuffer(of.read(8 * count * self._n), ">f8").astype(float).reshape(count, self._n)
            to.write(model(asked).astype(">f8").tobytes())
            to.flush()
        success, precision, bound, coverage, rows, trips, nanos, conditions = struct.unpack(">?dddiiqi", of.read(45))
        rule = {}
        for _ in range(conditions):
            column, low, high = struct.unpack(">idd", of.read(20))
            rule[column] = (low, high)
        return dict(success=success, precision=precision, bound=bound, coverage=coverage, rows=rows, trips=trips,
                    cpu=nanos / 1e9, rule=rule)

    def close(self):
        self._process.stdin.write(struct.pack(">i", 0))
        self._process.stdin.close()
        self._process.wait(10)


def satisfies(rows, rule, categories):
    """By column: whether each row satisfies it. A rule is column -> (low, high]: low < value <= high, or a value."""
    return {c: rows[:, c] == low if categories[c] or low == high else (rows[:, c] > low) & (rows[:, c] <= high)
            for c, (low, high) in rule.items()}


def draw(reference, rule, categories, row, count, random):
    z = reference[random.integers(len(reference), size=count)].copy()
    if rule:
        by_column = satisfies(reference, rule, categories)
        both = np.flatnonzero(np.logical_and.reduce(list(by_column.values())))
        columns = list(rule)
        if len(both) >= 10:
            z[:, columns] = reference[both[random.integers(len(both), size=count)]][:, columns]
        else:
            for column in columns:
                own = np.flatnonzero(by_column[column])
                z[:, column] = reference[own[random.integers(len(own), size=count)], column] if len(own) else row[column]
    return z


def alibi_rule(explanation, row, categories, cuts):
    """Alibi prints cut points with two decimals; its own discretizer's bounds are what its samples obey."""
    rule = {}
    for column in explanation.raw["feature"]:
        if categories[column]:
            rule[column] = (row[column], row[column])
        else:
            bin_of = int(np.searchsorted(cuts[column], row[column]))
            rule.setdefault(column, [-np.inf, np.inf])
            edges = [-np.inf, *cuts[column], np.inf]
            rule[column] = (edges[bin_of], edges[bin_of + 1])
    return rule


def summary(name, results, threshold, draws):
    good = [r for r in results if r["success"]]
    line = f"  {name:10s} {len(results)} asked, {len(good)} announced"
    if good:
        true = np.array([r["true"] for r in good])
        noise = 2 * np.sqrt(threshold * (1 - threshold) / draws)
        trips = [r["trips"] for r in results]
        line += (f"; re-measured min {true.min():.4f}, below {threshold}: {(true < threshold).sum()} "
                 f"({(true < threshold - noise).sum()} beyond noise); coverage mean {np.mean([r['coverage'] for r in good]):.3f}; "
                 f"conditions {np.mean([len(r['rule']) for r in good]):.1f}; round trips median {np.median(trips):.0f}, p95 "
                 f"{np.percentile(trips, 95):.0f}; rows median {np.median([r['rows'] for r in results]):.0f}; "
                 f"CPU outside the model median {np.median([r['cpu'] for r in results]) * 1e3:.0f} ms")
    print(line, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--instances", type=int, default=100)
    parser.add_argument("--alibi", type=int, default=30, help="instances that Alibi gets too")
    parser.add_argument("--draws", type=int, default=20_000)
    parser.add_argument("--threshold", type=float, default=0.95)
    parser.add_argument("--tables", default="adult,california,cancer")
    options = parser.parse_args()
    from sklearn.ensemble import RandomForestClassifier

    for name, x, y, categories in tables():
        if name not in options.tables.split(","):
            continue
        random = np.random.default_rng(11)
        order = random.permutation(len(x))
        x, y = x[order], y[order]
        asked = x[: min(options.instances, len(x) // 4)]
        train, labels = x[len(asked):][:20_000], y[len(asked):][:20_000]
        forest = RandomForestClassifier(n_estimators=50, max_depth=12, random_state=0, n_jobs=1).fit(train, labels)
        reference = train[:REFERENCE]
        model = Model(forest)
        print(f"{name}: {len(asked)} rows, reference of {len(reference)}, threshold {options.threshold}", flush=True)
        ours = Sidelight(reference, categories)
        results, paired = [], []
        for i, row in enumerate(asked):
            model.reset()
            result = ours(model, row, i, options.threshold)
            result["true"] = measured(forest, reference, result["rule"], categories, row, options.draws, random)
            results.append(result)
        ours.close()
        summary("Sidelight", results, options.threshold, options.draws)
        if options.alibi:
            paired = alibi(model, forest, train, categories, asked[: options.alibi], reference, options, random)
            summary("Alibi", paired, options.threshold, options.draws)
            both = [(a, b) for a, b in zip(results, paired) if a["success"] and b["success"]]
            if both:
                print(f"  where both announce one ({len(both)}): coverage ours / Alibi "
                      f"{np.mean([a['coverage'] for a, _ in both]) / np.mean([b['coverage'] for _, b in both]):.2f}, round trips "
                      f"ours / Alibi {np.median([a['trips'] for a, _ in both]) / np.median([b['trips'] for _, b in both]):.2f}",
                      flush=True)


def measured(forest, reference, rule, categories, row, draws, random):
    same = forest.predict(row[None, :])[0]
    return float(np.mean(forest.predict(draw(reference, rule, categories, row, draws, random)) == same))


def alibi(model, forest, train, categories, asked, reference, options, random):
    from alibi.explainers import AnchorTabular

    warnings.simplefilter("ignore")
    named = {c: [str(v) for v in range(int(train[:, c].max()) + 1)] for c, k in enumerate(categories) if k}
    explainer = AnchorTabular(lambda rows: model(np.asarray(rows, float)), [str(c) for c in range(train.shape[1])],
                              categorical_names=named, seed=0)
    explainer.fit(reference, disc_perc=(25, 50, 75))
    cuts = {c: np.unique(np.percentile(reference[:, c], (25, 50, 75))) for c, k in enumerate(categories) if not k}
    results = []
    for row in asked:
        model.reset()
        began = time.process_time()
        explanation = explainer.explain(row, threshold=options.threshold)
        cpu = time.process_time() - began - model.seconds
        rule = alibi_rule(explanation, row, categories, cuts)
        held = satisfies(reference, rule, categories)
        share = float(np.mean(np.logical_and.reduce(list(held.values())))) if held else 1.0
        results.append(dict(success=explanation.raw.get("success", explanation.precision >= options.threshold),
                            precision=float(explanation.precision), coverage=share, rows=model.rows, trips=model.calls,
                            cpu=max(cpu, 0), rule=rule,
                            true=measured(forest, reference, rule, categories, row, options.draws, random)))
    return results


main()
