"""Reads our explanations as clients of shap do: Explanation, waterfall and beeswarm made from our JSON.

    python shap_client.py DATA_URL MANAGEMENT_URL

Talks HTTP only; wants a running demo. Exits with 77 and one line where shap is not installed: then nothing was
tested.
"""

import json
import sys
import time
import urllib.error
import urllib.request

SKIPPED = 77

try:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np
    import shap
except ImportError as missing:
    print(f"shap client test: SKIPPED, nothing was tested ({missing})")
    sys.exit(SKIPPED)


def strict(text):
    """NaN and Infinity are no JSON, whatever Python's parser thinks."""

    def refuse(word):
        raise ValueError(f"{word} in a JSON document")

    return json.loads(text, parse_constant=refuse)


def get(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return strict(answer.read())


def post(url, body):
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return strict(answer.read())


def wait_for(url, seconds=60):
    until = time.monotonic() + seconds
    while True:
        try:
            return get(url)
        except (urllib.error.URLError, ConnectionError) as failure:
            if time.monotonic() > until:
                raise SystemExit(f"{url} never answered: {failure}")
            time.sleep(0.2)


def logged_bodies(management, count):
    """Bodies of logged V2 requests of one row."""
    bodies = []
    page = wait_for(management + "/v1/requests?limit=200&filter=status%20%3D%20200")
    for item in page["items"]:
        if item["protocol"] == "v2" and item["rows"] == 1 and not item["truncated"]:
            whole = get(management + "/v1/requests/" + item["id"])
            bodies.append(whole["request"]["text"].encode())
        if len(bodies) == count:
            return bodies
    raise SystemExit(f"only {len(bodies)} logged requests to explain, {count} are needed")


def from_alibi(document, output):
    """One selected output of a KernelSHAP document."""
    data = document["data"]
    return shap.Explanation(
        values=np.array(data["shap_values"][output][0]),
        base_values=data["expected_value"][output],
        data=np.array(data["raw"]["instances"][0]),
        feature_names=data["feature_names"],
    )


def from_native(document):
    features = document["features"]
    return shap.Explanation(
        values=np.array([f["attribution"] for f in features]),
        base_values=document["baseline"],
        data=np.array([str(f["value"]) for f in features]),
        feature_names=[f["name"] for f in features],
        error_std=np.array([f["stdError"] for f in features]),
    )


def together(explanations):
    return shap.Explanation(
        values=np.stack([e.values for e in explanations]),
        base_values=np.array([e.base_values for e in explanations]),
        data=np.stack([e.data for e in explanations]),
        feature_names=explanations[0].feature_names,
    )


def drawn(plot):
    """A figure that has something on it."""
    plt.close("all")
    plot()
    figure = plt.gcf()
    figure.canvas.draw()
    assert figure.axes, "nothing was drawn"
    texts = [t.get_text() for axes in figure.axes for t in axes.get_yticklabels()]
    plt.close("all")
    return " ".join(texts)


def main(data, management):
    bodies = logged_bodies(management, 8)
    url = data + "/v2/models/income/explain"
    alibi = [post(url, body) for body in bodies]
    for document in alibi:
        for output in range(len(document["data"]["shap_values"])):
            one = from_alibi(document, output)
            raw = document["data"]["raw"]["raw_prediction"][0][output]
            gap = abs(one.values.sum() + one.base_values - raw)
            assert gap < 1e-6, f"values and base miss the prediction by {gap}"
    first = from_alibi(alibi[0], 1)
    labels = drawn(lambda: shap.plots.waterfall(first, show=False))
    strongest = first.feature_names[int(np.argmax(np.abs(first.values)))]
    assert strongest in labels, f"{strongest} is not on the waterfall: {labels}"
    labels = drawn(
        lambda: shap.plots.beeswarm(together([from_alibi(d, 1) for d in alibi]), show=False)
    )
    assert strongest in labels or "other" in labels, labels

    native = from_native(post(url + "?format=native", bodies[0]))
    assert native.error_std is not None
    drawn(lambda: shap.plots.waterfall(native, show=False))
    print(f"shap client test: {len(alibi)} explanations, waterfall and beeswarm drawn by shap {shap.__version__}")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2].rstrip("/"))
