"""Medians, intervals and verdicts: what the tables of bench say about their measurements.

Intervals are 95 % bootstrap intervals: rounds are drawn again with replacement, as pairs, so that what a
noisy minute did to both sides of a round stays together.  The draws are seeded: the same measurements
always give the same interval.
"""
import random
import statistics

RESAMPLES = 2000


def median(values):
    return statistics.median(values)


def percentile(values, share):
    """The value below which this share of the values lies, between neighbours linearly."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _estimate(statistic, rounds):
    if not rounds:
        raise ValueError("no rounds were measured")
    draw = random.Random(20)
    resampled = [statistic(draw.choices(rounds, k=len(rounds))) for _ in range(RESAMPLES)]
    return dict(ratio=statistic(rounds), low=percentile(resampled, 0.025), high=percentile(resampled, 0.975),
                rounds=len(rounds))


def median_of_ratios(pairs):
    """How b compares with a where pairs are (a, b) of one round each: for what drifts between rounds."""
    return _estimate(lambda some: median([b / a for a, b in some]), pairs)


def ratio_of_medians(pairs):
    """The median of all b over that of all a: for what is rare within a round, as high percentiles are."""
    return _estimate(lambda some: median([b for _, b in some]) / median([a for a, _ in some]), pairs)


def verdict(estimate, target, least=False):
    """yes or no by the estimate itself; with a question mark where the interval reaches over the target."""
    if target is None:
        return ""
    if least:
        holds, sure = estimate["ratio"] >= target, (estimate["low"] >= target) == (estimate["high"] >= target)
    else:
        holds, sure = estimate["ratio"] <= target, (estimate["low"] <= target) == (estimate["high"] <= target)
    return ("yes" if holds else "no") + ("" if sure else "?")
