"""Ordering in a plate of NbMoTa after a moving heat source: 10 000 thermal histories, all models, in plate.csv and
plate.png (the order above, the half of its 95 % interval below, each from 0 to its largest value).

Use: ./latticelift export configs/trained/alloy-compact.h5 --to python --out law.py; python3 configs/law/plate.py
(docs/how-to/couple-to-your-code.md; needs numpy). plate.c does the same. Put your temperatures in place of the formula.
"""

import os
import struct
import sys
import zlib

sys.path.insert(0, os.getcwd())
import law
import numpy as np

COLUMNS, ROWS, TIMES = 125, 80, 181
ALONG, ACROSS = 1e-4, 2.5e-5       # m, between points; the track is the lower edge
SPEED = 0.01                       # m/s, of the source
WEAK, STRONG = 100.0, 220.0        # W that it gives to the plate at its beginning and its end
CONDUCTIVITY, DIFFUSIVITY = 50.0, 2e-5
AMBIENT, MELTING = 700.0, 2900.0   # K; what was hotter begins with the order of the highest temperature
STEP = 0.02                        # s, of the thermal program


def temperature(x, y, t):
    """A point source that moves along x on a thick plate, and slowly becomes stronger (Rosenthal 1946)."""
    ahead = x - SPEED * t
    distance = np.sqrt(ahead**2 + y**2)
    power = WEAK + (STRONG - WEAK) * np.clip(SPEED * t / (COLUMNS * ALONG), 0, 1)
    rise = power / (2 * np.pi * CONDUCTIVITY * distance) * np.exp(-SPEED * (ahead + distance) / (2 * DIFFUSIVITY))
    return np.minimum(AMBIENT + rise, MELTING)


def pace(kelvin):
    """Seconds of the equation per real second: the crystal has fewer vacancies than the simulations had."""
    return 1 / law.real_factor(law.vacancies(kelvin, 2.8, 1.5))


times = STEP * np.arange(TIMES)
x, y = np.meshgrid(ALONG * np.arange(COLUMNS), ACROSS * (np.arange(ROWS) + 0.5))
history = temperature(x.ravel()[:, None], y.ravel()[:, None], times[None, :] - 0.5)
states = law.advance(times, history, law.start(len(history)), pace)
order, half = law.mean(states)

shown = law.OBSERVABLE_NAMES.index("MoTa")
with open("plate.csv", "w") as out:
    out.write("x_m,y_m,highest_K,MoTa,half_width\n")
    for i in range(len(history)):
        numbers = (x.ravel()[i], y.ravel()[i], history[i].max(), order[i, shown], half[i, shown])
        out.write(",".join(f"{each:.9g}" for each in numbers) + "\n")
maps = np.concatenate([each[:, shown].reshape(ROWS, COLUMNS) / each[:, shown].max() for each in (order, half)])
pixels = (255 * np.clip(maps, 0, 1)).astype(np.uint8).repeat(4, axis=0).repeat(4, axis=1)
rows = b"".join(b"\0" + row.tobytes() for row in pixels)
with open("plate.png", "wb") as out:
    out.write(b"\x89PNG\r\n\x1a\n")
    header = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 0, 0, 0, 0)
    for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        out.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))
print(f"MoTa from {order[:, shown].min():.4f} to {order[:, shown].max():.4f}, +- at most {half[:, shown].max():.4f}")
