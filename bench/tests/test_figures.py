import random
import unittest

import figures


class FiguresTest(unittest.TestCase):
    def test_percentile_lies_between_neighbours(self):
        self.assertEqual(1, figures.percentile([3, 1, 2], 0))
        self.assertEqual(2, figures.percentile([3, 1, 2], 0.5))
        self.assertEqual(2.5, figures.percentile([3, 1, 2], 0.75))
        self.assertEqual(3, figures.percentile([3, 1, 2], 1))

    def test_median_of_ratios_pairs_the_rounds(self):
        drifting = [(10, 5), (20, 10), (40, 20), (80, 40)]
        estimate = figures.median_of_ratios(drifting)
        self.assertEqual(dict(ratio=0.5, low=0.5, high=0.5, rounds=4), estimate)

    def test_ratio_of_medians_does_not_care_which_round_was_slow(self):
        self.assertEqual(2, figures.ratio_of_medians([(1, 9), (1, 2), (9, 2)])["ratio"])

    def test_interval_holds_the_estimate_and_narrows_with_rounds(self):
        noise = random.Random(1)
        rounds = [(noise.uniform(0.9, 1.1), noise.uniform(0.45, 0.55)) for _ in range(100)]
        few, many = figures.median_of_ratios(rounds[:7]), figures.median_of_ratios(rounds)
        for estimate in few, many:
            self.assertLessEqual(estimate["low"], estimate["ratio"])
            self.assertLessEqual(estimate["ratio"], estimate["high"])
        self.assertLess(many["high"] - many["low"], few["high"] - few["low"])
        self.assertAlmostEqual(0.5, many["ratio"], delta=0.02)

    def test_interval_covers_the_truth_about_as_often_as_it_says(self):
        noise = random.Random(2)
        covered = 0
        for _ in range(60):
            estimate = figures.median_of_ratios([(1, noise.gauss(1, 0.1)) for _ in range(20)])
            covered += estimate["low"] <= 1 <= estimate["high"]
        self.assertGreaterEqual(covered, 51)

    def test_the_same_rounds_give_the_same_interval(self):
        rounds = [(1, 2), (1, 3), (2, 3), (1, 1)]
        self.assertEqual(figures.median_of_ratios(rounds), figures.median_of_ratios(rounds))

    def test_no_rounds_are_an_error(self):
        with self.assertRaises(ValueError):
            figures.median_of_ratios([])

    def test_verdict_says_when_the_interval_reaches_over_the_target(self):
        estimate = dict(ratio=0.9, low=0.8, high=1.1)
        self.assertEqual("yes?", figures.verdict(estimate, 1.0))
        self.assertEqual("yes", figures.verdict(estimate, 1.2))
        self.assertEqual("no", figures.verdict(estimate, 0.5))
        self.assertEqual("no?", figures.verdict(estimate, 0.85))
        self.assertEqual("no?", figures.verdict(estimate, 1.0, least=True))
        self.assertEqual("yes", figures.verdict(estimate, 0.5, least=True))
        self.assertEqual("", figures.verdict(estimate, None))
