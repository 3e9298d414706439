"""The games: a trained model, a row and 100 background rows make v(S), the mean answer over the background with the
row's values on S. Each game tells its exact Shapley values."""
import os
import re
from math import factorial

import numpy as np
import pandas as pd

DATA = os.environ["PEERS_DATA"]
BACKGROUND = 100
HELD_OUT = 200  # rows that no model is trained on: instance i is the same game however many are played
TABLE = 12  # players up to which every coalition is evaluated once and remembered on disk


class Game:
    """v over 0/1 matrices of n columns, remembered by coalition; `rows` is what one coalition costs."""

    def __init__(self, name, n, value, exact=None, rows=BACKGROUND):
        self.name, self.n, self.rows = name, n, rows
        self._value, self._known = value, {}
        self._exact = exact

    def __call__(self, coalitions):
        z = np.atleast_2d(np.asarray(coalitions)).astype(np.uint8)
        keys = [row.tobytes() for row in z]
        fresh = [i for i, key in enumerate(keys) if key not in self._known]
        if fresh:
            for i, value in zip(fresh, self._value(z[fresh])):
                self._known[keys[i]] = float(value)
        return np.array([self._known[key] for key in keys])

    @property
    def exact(self):
        if self._exact is None:
            self._exact = enumerate_shapley(self.n, self)
        return self._exact


def enumerate_shapley(n, game):
    masks = np.arange(1 << n)
    z = (masks[:, None] >> np.arange(n)) & 1
    v = np.concatenate([game(part) for part in np.array_split(z, max(1, len(z) // 512))])
    sizes = z.sum(1)
    weight = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])
    phi = np.zeros(n)
    for i in range(n):
        without = masks[z[:, i] == 0]
        phi[i] = np.sum(weight[sizes[without]] * (v[without | (1 << i)] - v[without]))
    return phi


def of_model(name, predict, row, background, exact=None):
    """v(S) over a joint background; `predict` takes a matrix and gives a vector."""

    def value(z):
        answers = []
        for part in np.array_split(z, max(1, len(z) // 256)):
            hybrid = np.where(part[:, None, :] == 1, row[None, None, :], background[None, :, :])
            answers.append(predict(hybrid.reshape(-1, len(row))).reshape(len(part), -1).mean(1))
        return np.concatenate(answers)

    game = Game(name, len(row), value, exact, len(background))
    game.predict, game.row, game.background = predict, row, background
    return game


def tabled(name, game):
    """The same game with all its coalitions evaluated once, ever."""
    path = f"{DATA}/tables/{name}.npy"
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        z = (np.arange(1 << game.n)[:, None] >> np.arange(game.n)) & 1
        np.save(path, np.concatenate([game(part) for part in np.array_split(z, max(1, len(z) // 512))]))
    table = np.load(path)
    powers = 1 << np.arange(game.n)
    again = Game(game.name, game.n, lambda z: table[z.astype(np.int64) @ powers], None, game.rows)
    again.predict, again.row, again.background = game.predict, game.row, game.background
    return again


def unanimity(n, seed, terms=None):
    """A sum of unanimity games: Shapley values are sum of c_T / |T| over the T that hold the player."""
    random = np.random.default_rng([seed, n])
    terms = terms or 3 * n
    sets = [random.choice(n, size=random.integers(1, min(n, 6) + 1), replace=False) for _ in range(terms)]
    weights = random.normal(size=terms)
    phi = np.zeros(n)
    for members, weight in zip(sets, weights):
        phi[members] += weight / len(members)
    return Game(f"unanimity-{n}", n, lambda z: sum(w * z[:, t].all(1) for t, w in zip(sets, weights)), phi, 1)


def _csv(name, target):
    frame = pd.read_csv(f"{DATA}/{name}.csv").dropna()
    y = frame.pop(target)
    for column in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[column]):
            frame[column] = frame[column].astype("category").cat.codes
    return frame.to_numpy(float), y


def _tables():
    from sklearn.datasets import load_breast_cancer

    x, y = _csv("adult_census", "class")
    frame = pd.read_csv(f"{DATA}/adult_census.csv", nrows=1).drop(columns="class").columns
    keep = [i for i, column in enumerate(frame) if column not in ("fnlwgt", "education-num")]
    yield "adult", x[:, keep], (y.str.strip() == ">50K").to_numpy(int), True
    x, y = _csv("bike", "count")
    yield "bike", x, y.to_numpy(float), False
    x, y = _csv("california_housing", "MedHouseVal")
    yield "california", x, y.to_numpy(float), False
    cancer = load_breast_cancer()
    yield "cancer", cancer.data, cancer.target, True
    yield "cancer12", cancer.data[:, :12], cancer.target, True


def _fit(kind, x, y, classes):
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    import xgboost

    if kind == "trees":
        make = xgboost.XGBClassifier if classes else xgboost.XGBRegressor
        model = make(n_estimators=100, random_state=0, n_jobs=1)
    else:
        make = MLPClassifier if classes else MLPRegressor
        model = make_pipeline(StandardScaler(), make(hidden_layer_sizes=(64, 32), random_state=0, max_iter=60, early_stopping=True))
        y = y if classes else (y - y.mean()) / y.std()
    return model.fit(x, y)


def of_tables(kinds, instances, wanted="", seed=7):
    """For each table and kind of model: `instances` games over one background."""
    for table, x, y, classes in _tables():
        random = np.random.default_rng(seed)
        order = random.permutation(len(x))
        x, y = x[order], y[order]
        background, rest = x[:BACKGROUND], x[BACKGROUND:]
        train, answers = rest[HELD_OUT:][:20_000], y[BACKGROUND + HELD_OUT:][:20_000]
        for kind in kinds:
            name = f"{table}-{kind}"
            if not re.search(wanted, name) or name in ("cancer-mlp", "cancer12-trees"):
                continue  # no way to exact values of 30 players of a network: it gets the first 12
            model = _fit(kind, train, answers, classes)
            predict, exact = _answers(table, kind, model, classes, background)
            games = [of_model(name, predict, row, background, exact and exact(row)) for row in rest[:instances]]
            yield name, [tabled(f"{name}-{seed}-{i}", game) if game.n <= TABLE else game for i, game in enumerate(games)]


def _answers(table, kind, model, classes, background):
    if table == "cancer" and kind == "trees":
        import shap

        tree = shap.TreeExplainer(model, background, feature_perturbation="interventional")
        return (lambda rows: model.predict(rows, output_margin=True)), (
            lambda row: tree.shap_values(row[None, :], check_additivity=False)[0].astype(float)
        )
    if classes:
        return (lambda rows: model.predict_proba(rows)[:, 1]), None
    return model.predict, None


def all_games(instances, wanted=""):
    yield from of_tables(("trees", "mlp"), instances, wanted)
    for n in (8, 20, 60, 128):
        if re.search(wanted, f"unanimity-{n}"):
            yield f"unanimity-{n}", [unanimity(n, seed) for seed in range(instances)]
