"""What `cohort --draw` and `simulate` draw, in numpy.

Usage: draws.py patients SHARES COUNT | draws.py trial COUNT. Prints the processor seconds, imports left out, and what came of it.
"""

import json
import sys
import time

import numpy as np


def patients(file, count):
    """Draws the findings of a file of shares without conditions: for each a column of codes, or of numbers."""
    generator = np.random.default_rng(1)
    columns = {}
    for line in open(file):
        if not line.startswith("draw "):
            continue
        name, _, text = line[5:].partition(":")
        shares = [part.split() for part in text.split(";")]
        upto = np.cumsum([int(share[-1]) for share in shares])
        drawn = np.searchsorted(upto, generator.integers(0, upto[-1], count), side="right").astype(np.uint8)
        if shares[0][1:2] == ["to"]:
            low = np.array([int(share[0]) for share in shares], dtype=np.int32)
            span = np.array([int(share[2]) - int(share[0]) + 1 for share in shares])
            columns[name] = low[drawn] + (generator.random(count) * span[drawn]).astype(np.int32)
        else:
            columns[name] = drawn
    return {"findings": len(columns), "mean": {name: float(column.mean()) for name, column in list(columns.items())[:3]}}


def trial(count):
    """Weibull times of two arms; Kaplan-Meier, log-rank and Cox's hazard ratio, ties being impossible."""
    generator = np.random.default_rng(7)
    medians, ratio = (11.0, 4.6), 0.35
    shape = np.log(ratio) / np.log(medians[1] / medians[0])
    arms = [np.sort(median * (-np.log2(generator.random(count // 2))) ** (1 / shape)) for median in medians]
    found = []
    for times in arms:
        at_risk = np.arange(len(times), 0, -1)
        survival = np.cumprod((at_risk - 1) / at_risk)
        found.append(float(times[np.argmax(survival <= 0.5)]))
    treated, control = arms
    # At each event, in either arm, how many of each are at risk.
    first = np.concatenate([np.arange(len(treated), 0, -1), len(treated) - np.searchsorted(treated, control)]).astype(float)
    second = np.concatenate([len(control) - np.searchsorted(control, treated), np.arange(len(control), 0, -1)]).astype(float)
    share = first / (first + second)
    variance = np.sum(share * (1 - share))
    chi = (len(treated) - np.sum(share)) ** 2 / variance
    logarithm = 0.0
    for _ in range(50):
        weighted = np.exp(logarithm) * first
        share = weighted / (weighted + second)
        step = (len(treated) - np.sum(share)) / np.sum(share * (1 - share))
        logarithm += max(-1.0, min(1.0, step))
        if abs(step) < 1e-11:
            break
    return {"medians": found, "chi_squared": float(chi), "hazard_ratio": float(np.exp(logarithm))}


if __name__ == "__main__":
    kind, *rest = sys.argv[1:]
    start = time.process_time()
    answer = patients(rest[0], int(rest[1])) if kind == "patients" else trial(int(rest[0]))
    print(json.dumps({"seconds": time.process_time() - start} | answer))
