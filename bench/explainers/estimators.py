"""Every contender as a function (game, coalitions, seed) -> estimate of the Shapley values."""
import struct
import subprocess
import warnings

import numpy as np


class Sidelight:
    """Ours, in a JVM at the other end of a pipe. Protocol: ExplainerBridge."""

    name = "Sidelight"

    def __init__(self, command):
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self, game, coalitions, seed, relative_error=1e-9):
        """The game as a model: all ones against one background row of zeros, so that a row is a coalition."""
        zeros = np.zeros((1, game.n))
        return self.explain(game, np.ones(game.n), zeros, coalitions, seed, relative_error)

    def explain(self, predict, row, background, rows_max, seed, relative_error=1e-9, mode="AUTO"):
        to, of = self._process.stdin, self._process.stdout
        n = len(row)
        to.write(struct.pack(">iiidqh", n, len(background), rows_max, relative_error, seed, len(mode)) + mode.encode())
        to.write(np.concatenate([row[None, :], background]).astype(">f8").tobytes())
        to.flush()
        while True:
            (count,) = struct.unpack(">i", of.read(4))
            if count == -2:
                raise ValueError(self._text())
            if count == -1:
                break
            asked = np.frombuffer(of.read(8 * count * n), ">f8").astype(float).reshape(count, n)
            to.write(np.asarray(predict(asked)).astype(">f8").tobytes())
            to.flush()
        phi = np.frombuffer(of.read(8 * n), ">f8").astype(float)
        self.half_widths = np.frombuffer(of.read(8 * n), ">f8").astype(float)
        self.rows, self.round_trips, self.cpu_nanos = struct.unpack(">iiq", of.read(16))
        self.method = self._text()
        return phi

    def _text(self):
        (length,) = struct.unpack(">H", self._process.stdout.read(2))
        return self._process.stdout.read(length).decode()

    def close(self):
        self._process.stdin.write(struct.pack(">i", 0))
        self._process.stdin.close()
        self._process.wait(10)


def shapiq_peer(name, **options):
    import shapiq.approximator

    kind = getattr(shapiq.approximator, name)

    def estimate(game, coalitions, seed):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = kind(game.n, random_state=seed, **options).approximate(coalitions, lambda z: game(z))
        return np.asarray(answer.get_n_order_values(1), float)

    estimate.name = name
    return estimate


def shap_peer():
    """shap's KernelExplainer without its l1 selection, on the game itself: a row is a coalition."""
    import shap

    def estimate(game, coalitions, seed):
        np.random.seed(seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            explainer = shap.KernelExplainer(lambda z: game(z), np.zeros((1, game.n)))
            return np.asarray(
                explainer.shap_values(np.ones(game.n), nsamples=coalitions - 2, l1_reg=False, silent=True)
            ).reshape(-1)

    estimate.name = "shap without l1"
    return estimate
