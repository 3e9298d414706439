"""Numbers from blocks, and the tables made of them."""

import random
import statistics


def median(values):
    return statistics.median(values)


def ratio(ours, theirs):
    """Median of the rounds' ratios with a bootstrap interval (95 %, seed fixed)."""
    ratios = [a / b for a, b in zip(ours, theirs) if b > 0]
    if not ratios:
        return None
    chance = random.Random(1)
    medians = sorted(median(chance.choices(ratios, k=len(ratios))) for _ in range(2000))
    return median(ratios), medians[49], medians[1949]


def ratio_text(found):
    return "%.2f [%.2f, %.2f]" % found if found else "-"


def table(head, rows):
    widths = [max(len(str(r[i])) for r in [head] + rows) for i in range(len(head))]
    for row in [head] + rows:
        print("  ".join(str(c).ljust(w) if i == 0 else str(c).rjust(w)
                        for i, (c, w) in enumerate(zip(row, widths))))
    print()


def added(arm, direct):
    """What the proxy adds to the latency of the direct way, microseconds, by round."""
    return [a - d for a, d in zip(arm, direct)]


def print_size(size, arms):
    request, answer = size
    print(f"== {request} B -> {answer} B")
    base = arms.get("nginx", {})
    rows = []
    for name, a in arms.items():
        us = a["us"]
        rows.append([
            name, "%.1f" % median(us), "%.1f..%.1f" % (min(us), max(us)),
            ratio_text(ratio(us, base["us"])) if base and name not in ("direct", "nginx") else "-",
            "%.0f" % median(a["rate"]), sum(a["errors"]),
            "%.2f" % a["calls"] if a.get("calls") else "-",
            "%.0f" % a["heap"] if a.get("heap") is not None else "-", "%.0f" % a["rss"]])
    table(["CPU, closed loop", "us/request", "min..max", "/ nginx", "requests/s", "errors",
           "syscalls/request", "heap B/request", "RSS MB"], rows)
    if "nginx" in arms and arms["nginx"].get("p50"):
        print_open(arms)
    for name, a in arms.items():
        print_shares(name, "us per request", a.get("threads", {}), "%s %.2f", 0.05)
        print_shares(name, "system calls per request", a.get("calls_by", {}), "%s %.2f", 0.01)
        print_shares(name, "heap bytes per request", a.get("heap_by", {}), "%s %.0f", 8)
    print()


def print_shares(name, what, by_thread, form, least):
    shares = [s for s in sorted(by_thread.items(), key=lambda s: -s[1]) if s[1] >= least]
    if shares:
        print(f"{name}: {what} by thread: " + ", ".join(form % s for s in shares))


def print_open(arms):
    rows = []
    for name, a in arms.items():
        if not a.get("p50"):
            continue
        row = [name, "%.0f" % median(a["p50"]), "%.0f" % median(a["p99"])]
        for q in ("p50", "p99"):
            ours = added(a[q], arms["direct"][q])
            nginx = added(arms["nginx"][q], arms["direct"][q])
            row.append("-" if name == "direct" else "%.0f" % median(ours))
            row.append("-" if name in ("direct", "nginx") else "%.2f" % (median(ours) / median(nginx)))
        row.append(sum(a["open_failed"]))
        rows.append(row)
    table(["latency us, open loop at %.0f/s" % arms["nginx"]["open_rate"], "p50", "p99", "added p50",
           "/ nginx", "added p99", "/ nginx", "failed"], rows)
