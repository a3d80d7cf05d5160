"""Prints survival.tsv: survival data with ties and censoring, and what scipy makes of them.

The data: `freireich`, remission in weeks of 42 children with acute leukaemia on 6-mercaptopurine or placebo, as published
(Freireich et al., Blood 1963;21:699-716; in Gehan, Biometrika 1965;52:203-23); `tied`, 240 made-up times in whole weeks, many of
them tied, an event and a censoring often in the same week.
Kaplan-Meier from scipy.stats.ecdf of censored data, log-rank from scipy.stats.logrank (the square of its z). The Cox coefficient
of the first group against the second (Efron's ties) is the maximum of the log partial likelihood written out below, found by
scipy.optimize; its standard error is from the likelihood's second difference.
"""

import math
import random

import scipy
from scipy import optimize, stats

freireich = (
    "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+",
    "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23",
)


def read(text):
    return [(float(word.rstrip("+")), not word.endswith("+")) for word in text.split()]


def tied():
    source = random.Random(4)

    def group(mean, n):
        found = []
        for _ in range(n):
            event = 1 + int(source.expovariate(1 / mean))
            end = source.randint(4, 30)
            found.append((float(min(event, end)), event <= end))
        return found

    return group(16, 130), group(9, 110)


def censored(group):
    return stats.CensoredData(
        uncensored=[time for time, event in group if event], right=[time for time, event in group if not event]
    )


def log_partial_likelihood(beta, first, second):
    ratio = math.exp(beta)
    total = 0.0
    for time in sorted({t for t, event in first + second if event}):
        events = [sum(t == time and event for t, event in group) for group in (first, second)]
        at_risk = [sum(t >= time for t, _ in group) for group in (first, second)]
        total += beta * events[0]
        count = sum(events)
        for place in range(count):
            share = place / count
            total -= math.log(ratio * (at_risk[0] - share * events[0]) + at_risk[1] - share * events[1])
    return total


print("# Survival data with ties and censoring, and independent results. Written by survival.py with scipy " + scipy.__version__ + ".")
for name, (first, second) in (("freireich", tuple(map(read, freireich))), ("tied", tied())):
    for arm, group in enumerate((first, second)):
        print("data", name, arm, " ".join(f"{time:g}" + ("" if event else "+") for time, event in group), sep="\t")
        curve = stats.ecdf(censored(group)).sf
        for time, probability in zip(curve.quantiles, curve.probabilities):
            at_risk = sum(t >= time for t, _ in group)
            print("survival", name, arm, f"{time:g}", at_risk, repr(float(probability)), sep="\t")
    result = stats.logrank(censored(first), censored(second))
    print("logrank", name, repr(float(result.statistic**2)), repr(float(result.pvalue)), sep="\t")
    best = optimize.root_scalar(
        lambda beta: (log_partial_likelihood(beta + 1e-4, first, second) - log_partial_likelihood(beta - 1e-4, first, second)) / 2e-4,
        bracket=(-5, 5),
        xtol=1e-12,
    ).root
    step = 1e-3
    curvature = (
        log_partial_likelihood(best + step, first, second)
        - 2 * log_partial_likelihood(best, first, second)
        + log_partial_likelihood(best - step, first, second)
    ) / step**2
    print("cox", name, repr(float(best)), repr(float(1 / math.sqrt(-curvature))), sep="\t")
