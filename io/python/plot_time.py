#!/usr/bin/python3
"""The report's figure of observables against time, from the files of a run: prediction (line and deviation), direct runs (grey).

usage: plot_time.py RUN [CONDITION] [-o FILE]      default: the last condition; FILE: time-CONDITION.png
"""
import argparse

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

import latticelift


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run")
    parser.add_argument("condition", nargs="?")
    parser.add_argument("-o", "--out")
    options = parser.parse_args()
    run = latticelift.Run(options.run)
    condition = options.condition or list(run.conditions("ensemble.h5"))[-1]
    predicted = run.ensemble(condition)
    directs = run.trajectories(condition) if condition in run.conditions() else []
    names = [str(name) for name in predicted.observable.values]
    rows = (len(names) + 2) // 3
    figure, axes = plt.subplots(rows, min(3, len(names)), figsize=(10, 2.8 * rows), squeeze=False, layout="constrained")
    unit = predicted.time.attrs.get("units", "1")
    for panel, name in zip(axes.flat, names):
        for direct in directs:
            panel.plot(direct.time, direct.observables.sel(observable=name), color="0.6", linewidth=0.5)
        mean, std = (predicted[key].sel(observable=name).values for key in ("mean_of", "std_of"))
        panel.fill_between(predicted.time, mean - std, mean + std, alpha=0.3)
        panel.plot(predicted.time, mean)
        panel.set_title(name)
        panel.set_xlabel("time" if unit == "1" else "time (%s)" % unit)
    for panel in axes.flat[len(names):]:
        panel.set_axis_off()
    figure.suptitle("%s, %s: predicted, and %d direct runs (grey)" % (options.run, condition, len(directs)))
    out = options.out or "time-%s.png" % condition
    figure.savefig(out, dpi=120)
    print(out)


main()
