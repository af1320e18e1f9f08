#!/usr/bin/python3
"""The report's figure of equilibrium means against the condition, from evaluation.csv of a run: lines predicted, circles direct.

usage: plot_order.py RUN [-o FILE]      FILE: order.png
"""
import argparse

import matplotlib

matplotlib.use("Agg")

import latticelift


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run")
    parser.add_argument("-o", "--out", default="order.png")
    options = parser.parse_args()
    latticelift.read(options.run).plot_means().savefig(options.out, dpi=120)
    print(options.out)


main()
