"""Figures of a run with matplotlib, as those of its report."""
from __future__ import annotations

from typing import Any, Optional

from .reader import Run


def time(run: Run, condition: Optional[str] = None) -> Any:
    """Observables against time: prediction (line and standard deviation), direct runs (grey)."""
    import matplotlib.pyplot as plt

    condition = condition or list(run.conditions("ensemble.h5"))[-1]
    predicted = run.ensemble(condition)
    directs = run.trajectories(condition) if run.has("trajectory.h5") and condition in run.conditions() else []
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
    for unused in axes.flat[len(names):]:
        unused.set_axis_off()
    figure.suptitle("%s, %s: predicted, and %d direct runs (grey)" % (run.folder, condition, len(directs)))
    return figure


def means(run: Run) -> Any:
    """Equilibrium means against the condition: lines predicted, circles direct."""
    import matplotlib.pyplot as plt

    values = run.conditions("ensemble.h5")
    rows = run.evaluation()
    figure, panel = plt.subplots(figsize=(7, 4.5), layout="constrained")
    for k, name in enumerate(dict.fromkeys(row["observable"] for row in rows)):
        mine = sorted((row for row in rows if row["observable"] == name), key=lambda row: values[row["condition"]][1])
        x = [values[row["condition"]][1] for row in mine]
        columns = {key: [float(row[key] or "nan") for row in mine] for key in ("predicted", "direct", "direct_error")}
        panel.plot(x, columns["predicted"], color="C%d" % k, label=name)
        panel.errorbar(x, columns["direct"], yerr=columns["direct_error"], fmt="o", fillstyle="none", color="C%d" % k)
    panel.set_xlabel(next(iter(values.values()))[0])
    panel.set_ylabel("equilibrium mean")
    panel.legend(ncols=2)
    return figure
