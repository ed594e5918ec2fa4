"""Small colour profiles (ICC 2.1): what a scanner or a press puts into a picture."""

import struct
from itertools import product

D50 = struct.pack(">3i", 63190, 65536, 54061)  # X, Y and Z of white, in 65,536ths


def linear_grey():
    """Half of the numbers is half of the light."""
    return profile(b"GRAY", b"XYZ ", {b"kTRC": b"curv" + bytes(8)}, kind=b"mntr")


def grey_inks():
    """A press of four inks that are all grey: each takes a quarter of the lightness."""
    straight = bytes(range(256))
    lightness = [255 - 255 * sum(inks) // 4 for inks in product([0, 1], repeat=4)]
    grid = b"".join(bytes([light, 128, 128]) for light in lightness)
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    table = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + matrix + straight * 4 + grid + straight * 3
    return profile(b"CMYK", b"Lab ", {b"A2B0": table}, kind=b"prtr")


def profile(colours, through, tags, *, kind):
    tags = {b"wtpt": b"XYZ " + bytes(4) + D50, b"desc": b"desc" + bytes(8) + bytes(80), **tags}
    place, parts, directory = 128 + 4 + 12 * len(tags), b"", struct.pack(">I", len(tags))
    for name, tag in tags.items():
        tag += bytes(-len(tag) % 4)
        directory += name + struct.pack(">II", place + len(parts), len(tag))
        parts += tag
    head = struct.pack(">I4xI", place + len(parts), 0x02100000) + kind + colours + through + bytes(12) + b"acsp"
    return head.ljust(68, b"\0") + D50.ljust(60, b"\0") + directory + parts
