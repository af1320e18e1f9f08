#!/usr/bin/python3
"""The report's figure of observables against time, from the files of a run: prediction (line and deviation), direct runs (grey).

usage: plot_time.py RUN [CONDITION] [-o FILE]      default: the last condition; FILE: time-CONDITION.png
"""
import argparse

import matplotlib

matplotlib.use("Agg")

import latticelift


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run")
    parser.add_argument("condition", nargs="?")
    parser.add_argument("-o", "--out")
    options = parser.parse_args()
    run = latticelift.read(options.run)
    condition = options.condition or list(run.conditions("ensemble.h5"))[-1]
    out = options.out or "time-%s.png" % condition
    run.plot(condition).savefig(out, dpi=120)
    print(out)


main()
