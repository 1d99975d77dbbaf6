#!/usr/bin/env python3
"""Draws Palier's icon: a door at the top of three steps, white on the brand's green. Needs Python alone.

    python3 src-tauri/icons/draw.py        writes the PNG files beside this script and those of the Android project

The same picture at every size, drawn four times larger and averaged, so that edges are smooth.
"""
import pathlib
import struct
import zlib

BRAND = (0x0A, 0x4F, 0x55)
LIGHT = (0xFF, 0xFF, 0xFF)
SMOOTH = 4


def square(x, y):
    """The picture in a square of side 1: the door and three steps in white, the rest in the brand's colour."""
    if 0.55 <= x <= 0.81 and 0.15 <= y <= 0.51:  # door
        knob = (x - 0.755) ** 2 + (y - 0.34) ** 2 <= 0.024**2
        return BRAND if knob else LIGHT
    for left, top in ((0.15, 0.74), (0.33, 0.64), (0.51, 0.54)):  # the last step is the landing
        if left <= x <= 0.85 and top <= y <= 0.84:
            return LIGHT
    return BRAND


def rounded(x, y, radius):
    """Opacity of a square with round corners."""
    dx = max(radius - x, x - (1 - radius), 0)
    dy = max(radius - y, y - (1 - radius), 0)
    return 1 if dx * dx + dy * dy <= radius * radius else 0


def disc(x, y):
    return 1 if (x - 0.5) ** 2 + (y - 0.5) ** 2 <= 0.25 else 0


def adaptive(x, y):
    """Android's foreground: the picture within the safe middle of 66 parts in 108, nothing around."""
    inset = (1 - 72 / 108) / 2
    u, v = (x - inset) / (1 - 2 * inset), (y - inset) / (1 - 2 * inset)
    if not (0 <= u < 1 and 0 <= v < 1):
        return BRAND, 0
    colour = square(u, v)
    return colour, 1 if colour == LIGHT else 0


def pixels(side, paint):
    for row in range(side):
        yield 0
        for column in range(side):
            total = [0, 0, 0, 0]
            for sub in range(SMOOTH * SMOOTH):
                x = (column + (sub % SMOOTH + 0.5) / SMOOTH) / side
                y = (row + (sub // SMOOTH + 0.5) / SMOOTH) / side
                colour, alpha = paint(x, y)
                for index in range(3):
                    total[index] += colour[index] * alpha
                total[3] += alpha
            seen = total[3] or 1
            yield from (round(total[0] / seen), round(total[1] / seen), round(total[2] / seen))
            yield round(255 * total[3] / (SMOOTH * SMOOTH))


def write(path, side, paint):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    body = zlib.compress(bytes(pixels(side, paint)), 9)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def main():
    here = pathlib.Path(__file__).parent

    def tile(x, y):
        return square(x, y), rounded(x, y, 0.2)

    def round_tile(x, y):
        return square(0.5 + (x - 0.5) * 1.25, 0.5 + (y - 0.5) * 1.25), disc(x, y)

    for name, side in (("32x32", 32), ("128x128", 128), ("128x128@2x", 256), ("icon", 512)):
        write(here / f"{name}.png", side, tile)
    resources = here.parent / "gen/android/app/src/main/res"
    if resources.is_dir():
        for density, side in (("mdpi", 48), ("hdpi", 72), ("xhdpi", 96), ("xxhdpi", 144), ("xxxhdpi", 192)):
            folder = resources / f"mipmap-{density}"
            write(folder / "ic_launcher.png", side, tile)
            write(folder / "ic_launcher_round.png", side, round_tile)
            write(folder / "ic_launcher_foreground.png", side * 108 // 48, adaptive)


main()
