"""Runs the contenders over the games and prints tables; see the shell script of the same name."""
import argparse
import json
import os
import re
import time

import numpy as np

import games
from estimators import Sidelight, shap_peer, shapiq_peer

HERE = os.path.dirname(os.path.abspath(__file__))


def relative_error(phi, exact):
    return float(np.sum((phi - exact) ** 2) / np.sum(exact**2))


def bootstrap(ratios_of, values, draws=2000):
    random = np.random.default_rng(1)
    picks = random.integers(0, len(values[0]), size=(draws, len(values[0])))
    sample = [ratios_of(*[v[p] for v in values]) for p in picks]
    return np.percentile(sample, [2.5, 97.5])


class Errors:
    """Relative errors of single attempts, remembered on disk for the peers: they do not change when ours does."""

    def __init__(self, path):
        self._path, self._known = path, {}
        if os.path.exists(path):
            with open(path) as lines:
                for line in lines:
                    key, error = json.loads(line)
                    self._known[tuple(key)] = error

    def of(self, contender, game, index, coalitions, seed):
        key = (contender.name, game.name, index, coalitions, seed)
        if key not in self._known:
            error = attempt(contender, game, coalitions, seed)
            if isinstance(contender, Sidelight):
                return error
            self._known[key] = error
            with open(self._path, "a") as out:
                out.write(json.dumps([key, error]) + "\n")
        return self._known[key]


def too_slow(contender, n, m):
    """OddSHAP and shap need minutes for the largest; the goals are about 4, 16 and 64."""
    return (contender == "OddSHAP" and n > 60 and m > 16) or (contender == "shap without l1" and n > 30 and m > 16)


def curves(ours, options):
    contenders = [ours, shapiq_peer("LeverageSHAP"), shapiq_peer("OddSHAP"),
                  shapiq_peer("KernelSHAP", pairing_trick=True), shap_peer()]
    errors_of = Errors(f"{games.DATA}/peers-errors.jsonl")
    results = {}
    for name, played in games.all_games(options.instances, options.games):
        n = played[0].n
        budgets = [m for m in options.budgets if m * n < 2**n]
        table = results[name] = {}
        for contender in contenders:
            if not re.search(options.contenders, contender.name):
                continue
            for m in budgets:
                if too_slow(contender.name, n, m):
                    continue
                table.setdefault(contender.name, {})[m] = [
                    np.mean([errors_of.of(contender, game, i, m * n, s) for s in range(options.seeds)])
                    for i, game in enumerate(played)]
            means = {m: f"{np.mean(e):.1e}" for m, e in table.get(contender.name, {}).items()}
            print(f"{name:16s} {contender.name:16s} {means}", flush=True)
        report(name, table)
    if not options.games and not options.contenders:
        with open(f"{HERE}/accuracy.json", "w") as out:
            json.dump({g: {c: {m: mean_or_null(e) for m, e in t.items()} for c, t in table.items()}
                       for g, table in results.items()}, out, indent=1)
        draw(results)


def mean_or_null(errors):
    """JSON has no NaN: a contender that refused has no error."""
    mean = float(np.mean(errors))
    return None if np.isnan(mean) else mean


def attempt(contender, game, coalitions, seed):
    try:
        return relative_error(contender(game, coalitions, seed), game.exact)
    except ValueError as refused:
        print(f"    {contender.name} refused {game.name} at {coalitions}: {refused}", flush=True)
        return float("nan")


def report(name, table):
    """The ratios of the goals: to LeverageSHAP at 4n, to OddSHAP at 16n and 64n, to the best of shapiq everywhere."""
    for m in (4, 8, 16, 32, 64):
        mine = table.get("Sidelight", {}).get(m)
        peers = {c: table[c][m] for c in ("LeverageSHAP", "OddSHAP", "KernelSHAP") if m in table.get(c, {})}
        if mine is None or not peers:
            continue
        best = min(peers, key=lambda c: np.mean(peers[c]))
        line = f"    m={m}n: best peer {best}, ours / best {np.mean(mine) / np.mean(peers[best]):.2f}"
        rival = {4: "LeverageSHAP", 16: "OddSHAP", 64: "OddSHAP"}.get(m)
        if rival in peers:
            low, high = bootstrap(lambda a, b: a.mean() / b.mean(), [np.array(mine), np.array(peers[rival])])
            line += f"; ours / {rival} {np.mean(mine) / np.mean(peers[rival]):.2f} [{low:.2f}, {high:.2f}]"
        print(line, flush=True)


def draw(results):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "sidelight", "font.size": 9})
    import matplotlib.pyplot as plt

    columns = min(3, len(results))
    lines = -(-len(results) // columns)
    figure, axes = plt.subplots(lines, columns, figsize=(4 * columns, 3 * lines), squeeze=False)
    for axis, (name, table) in zip(axes.flat, results.items()):
        for contender, points in table.items():
            heavy = contender == "Sidelight"
            axis.loglog(list(points), [np.nanmean(e) for e in points.values()], marker="o", label=contender,
                        linewidth=2.5 if heavy else 1, markersize=4, zorder=3 if heavy else 2)
        axis.set_title(name)
        axis.set_xlabel("coalitions / players")
        axis.set_ylabel("mean squared relative error")
        axis.grid(alpha=0.3)
    for axis in list(axes.flat)[len(results):]:
        axis.set_visible(False)
    axes.flat[0].legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(f"{HERE}/accuracy.svg", metadata={"Date": None, "Creator": None})


def coverage(ours, options):
    for name, played in games.all_games(options.instances, options.games):
        for eps in (0.05, 0.01):
            inside = pairs = below = 0
            spent = []
            for game in played:
                exact = game.exact
                for seed in range(options.seeds):
                    try:
                        phi = ours(game, min(200 * game.n, 2**min(game.n, 20) - 1), seed, eps)
                    except ValueError as refused:
                        print(f"    refused {name}: {refused}")
                        continue
                    if ours.method == "exact":
                        continue
                    # values that are exact to rounding have an interval of width 0
                    reach = ours.half_widths + 1e-9 * np.abs(exact).max()
                    inside += int(np.sum(np.abs(phi - exact) <= reach))
                    pairs += game.n
                    worst = np.abs(phi - exact).max() <= 2 * eps * (exact.max() - exact.min())
                    below += int(worst)
                    spent.append(ours.rows / game.n)
            if pairs:
                print(f"{name:16s} eps {eps}: coverage {inside / pairs:.3f} of {pairs} pairs, worst error <= 2 eps in "
                      f"{below / len(spent):.3f}, {np.median(spent):.0f} n coalitions", flush=True)


def rows(ours, options):
    """On Adult with 100 background rows: what shap's default asks, and what we ask for the same error."""
    import shap

    for name, played in games.of_tables(("trees", "mlp"), options.instances, options.games):
        if played[0].n > games.TABLE:
            continue
        for label, rows_max, eps, mode in (("exact", 2_000_000, 1e-9, "EXACT"), ("default", 20_000, 0.01, "AUTO"),
                                           ("5,000 rows", 5_000, 1e-9, "AUTO"), ("1,000 rows", 1_000, 1e-9, "AUTO")):
            errors, asked, trips, cpu, methods = [], [], [], [], set()
            for seed, game in enumerate(played):
                try:
                    phi = ours.explain(game.predict, game.row, game.background, rows_max, seed, eps, mode)
                except ValueError as refused:
                    methods.add(f"refused: {refused}")
                    continue
                errors.append(relative_error(phi, game.exact))
                asked.append(ours.rows)
                trips.append(ours.round_trips)
                cpu.append(ours.cpu_nanos / 1e6)
                methods.add(ours.method)
            if errors:
                print(f"{name:16s} ours, {label:10s} rows median {np.median(asked):8.0f}, round trips {np.median(trips):.0f}, "
                      f"error {np.mean(errors):.1e}, CPU {np.median(cpu):.1f} ms, {sorted(methods)}", flush=True)
            else:
                print(f"{name:16s} ours, {label:10s} {sorted(methods)}", flush=True)
        for rows_max in (1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 8_000):
            line = []  # models answer in single precision
            for mode in ("ROW", "COALITION", "AUTO"):
                errors, inside, method = [], [], ""
                for seed, game in enumerate(played):
                    try:
                        phi = ours.explain(game.predict, game.row, game.background, rows_max, seed, 1e-9, mode)
                    except ValueError:
                        continue
                    errors.append(relative_error(phi, game.exact))
                    inside.append(np.mean(np.abs(phi - game.exact) <= ours.half_widths + 1e-6 * np.abs(game.exact).max()))
                    method = ours.method
                line.append(f"{mode} {np.mean(errors):.1e} covers {np.mean(inside):.2f}" if len(errors) == len(played)
                            else f"{mode} refuses {len(played) - len(errors)}")
            print(f"{name:16s} {rows_max:6d} rows: {', '.join(line)} ({method})", flush=True)
        for label, l1 in (("shap default", "num_features(10)"), ("shap, no l1", False)):
            errors, asked, distinct, cpu = [], [], [], []
            for game in played[: min(5, len(played))]:
                seen = []

                def counted(batch):
                    seen.append(np.asarray(batch, float))
                    return game.predict(batch)

                np.random.seed(0)
                explainer = shap.KernelExplainer(counted, game.background)
                seen.clear()
                began = time.process_time()
                phi = np.asarray(explainer.shap_values(game.row, l1_reg=l1, silent=True)).reshape(-1)
                cpu.append((time.process_time() - began) * 1e3)
                everything = np.concatenate(seen)
                asked.append(len(everything))
                distinct.append(len(np.unique(everything, axis=0)))
                errors.append(relative_error(phi, game.exact))
            print(f"{name:16s} {label:16s} rows median {np.median(asked):8.0f} ({np.median(distinct):.0f} distinct), "
                  f"error {np.mean(errors):.1e}, CPU with the model {np.median(cpu):.0f} ms", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="?", default="all", choices=["curves", "coverage", "rows", "all"])
    parser.add_argument("--instances", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--games", default="", help="a regular expression")
    parser.add_argument("--contenders", default="", help="of the curves; a regular expression")
    parser.add_argument("--budgets", type=lambda text: [int(m) for m in text.split(",")], default=[4, 8, 16, 32, 64],
                        help="coalitions per player")
    options = parser.parse_args()
    import shap
    import shapiq

    print(f"shap {shap.__version__}, shapiq {shapiq.__version__}, {options.instances} instances, {options.seeds} seeds, "
          f"load average {os.getloadavg()[0]:.1f}")
    ours = Sidelight(os.environ["SIDELIGHT_BRIDGE"].split())
    for what in ("curves", "coverage", "rows"):
        if options.what in (what, "all"):
            print(f"\n{what}")
            globals()[what](ours, options)
    ours.close()


main()
