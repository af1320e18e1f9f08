#!/usr/bin/python3
"""The report's figure of late observables against the condition, from evaluation.csv of a run: lines predicted, circles direct.

usage: plot_order.py RUN [-o FILE]      FILE: order.png
"""
import argparse

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

import latticelift


def number(text):
    return float(text) if text else float("nan")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run")
    parser.add_argument("-o", "--out", default="order.png")
    options = parser.parse_args()
    run = latticelift.Run(options.run)
    values = run.conditions("ensemble.h5")
    rows = run.evaluation()
    figure, panel = plt.subplots(figsize=(7, 4.5), layout="constrained")
    for k, name in enumerate(dict.fromkeys(row["observable"] for row in rows)):
        mine = sorted((row for row in rows if row["observable"] == name), key=lambda row: values[row["condition"]][1])
        x = [values[row["condition"]][1] for row in mine]
        panel.plot(x, [number(row["predicted"]) for row in mine], color="C%d" % k, label=name)
        panel.errorbar(
            x, [number(row["direct"]) for row in mine], yerr=[number(row["direct_error"]) for row in mine],
            fmt="o", fillstyle="none", color="C%d" % k,
        )
    panel.set_xlabel(next(iter(values.values()))[0])
    panel.set_ylabel("late mean")
    panel.legend(ncols=2)
    figure.savefig(options.out, dpi=120)
    print(options.out)


main()
