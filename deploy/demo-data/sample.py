#!/usr/bin/env python3
"""Cuts the demo's 8,000 rows out of the UCI Adult census file (see PROVENANCE.md beside the result).

usage: sample.py CENSUS_CSV RESULT_CSV [ADULT_DATA ADULT_TEST]

CENSUS_CSV is `shapiq/datasets/data/adult_census.csv` of the wheel shapiq 1.4.1. With the two original
UCI files (`adult.data`, `adult.test`) every row of the census file is first compared to them.

A row's place in the draw is the SHA-256 of "seed:row number": no random number generator takes part,
so any version of any language draws the same rows. Within each class the rows with the smallest hashes
are taken, in proportion to the class; the result is ordered by hash, so that any prefix of it is a
random sample again (the model is trained on the first 6,000 rows and judged on the rest).
"""

import csv
import hashlib
import sys

SEED = 7
ROWS = 8_000
SOURCE_SHA256 = "547551a449e2453ec1b9a3044b0b74e59cf79a4c99291cd478914aa5f9efbcd0"

# source column -> ours; fnlwgt (a survey weight) and education-num (education, numbered) are dropped
COLUMNS = {
    "age": "age",
    "workclass": "workclass",
    "education": "education",
    "marital-status": "marital_status",
    "occupation": "occupation",
    "relationship": "relationship",
    "race": "race",
    "sex": "sex",
    "capital-gain": "capital_gain",
    "capital-loss": "capital_loss",
    "hours-per-week": "hours_per_week",
    "native-country": "country",
    "class": "label",
}
NUMBERS = {"age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"}


def cell(column, text):
    """Numbers lose the ".0" the source gave them; an empty cell is UCI's own "?" again."""
    if column in NUMBERS:
        return str(int(float(text)))
    return text or "?"


def census(path):
    with open(path, "rb") as source:
        found = hashlib.sha256(source.read()).hexdigest()
    if found != SOURCE_SHA256:
        sys.exit(f"{path}: SHA-256 is {found}, expected {SOURCE_SHA256}")
    with open(path, newline="", encoding="utf-8") as source:
        return [{c: cell(c, t) for c, t in row.items()} for row in csv.DictReader(source)]


def original(path):
    """The rows of an original UCI file, as lists of cells: no blanks, no comment line, no last dot."""
    with open(path, encoding="utf-8") as source:
        lines = [line.strip() for line in source]
    return [
        [c.strip() for c in line.rstrip(".").split(",")]
        for line in lines
        if line and not line.startswith("|")
    ]


def check(rows, data, test):
    theirs = original(test) + original(data)
    ours = [list(row.values()) for row in rows]
    different = [i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b]
    if len(ours) != len(theirs) or different:
        sys.exit(f"{len(ours)} rows against {len(theirs)}, {len(different)} differ: {different[:5]}")
    print(f"all {len(ours)} rows equal the original files, in the order test, data")


def draw(rows):
    """Stratified: each class sends its share of ROWS, those with the smallest hashes."""
    rank = [hashlib.sha256(f"{SEED}:{i}".encode()).hexdigest() for i in range(len(rows))]
    chosen = []
    for label in sorted({row["class"] for row in rows}):
        members = sorted((rank[i], i) for i in range(len(rows)) if rows[i]["class"] == label)
        chosen += members[: round(ROWS * len(members) / len(rows))]
    return [rows[i] for _, i in sorted(chosen)]


def main(arguments):
    rows = census(arguments[0])
    if len(arguments) == 4:
        check(rows, arguments[2], arguments[3])
    sample = draw(rows)
    with open(arguments[1], "w", newline="", encoding="utf-8") as result:
        out = csv.writer(result, lineterminator="\n")
        out.writerow(COLUMNS.values())
        out.writerows([row[c] for c in COLUMNS] for row in sample)
    with open(arguments[1], "rb") as result:
        print(len(sample), "rows, SHA-256", hashlib.sha256(result.read()).hexdigest())


if __name__ == "__main__":
    if len(sys.argv) not in (3, 5):
        sys.exit(__doc__)
    main(sys.argv[1:])
