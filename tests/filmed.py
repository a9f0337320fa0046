"""A film of a QR code, for a browser whose camera is a file: what a phone sees that is held before a badge."""

from pathlib import Path
from typing import Final

import segno

WIDTH: Final = 640
HEIGHT: Final = 480
FRAMES: Final = 10


def film(text: str, path: Path) -> Path:
    """Write a film (YUV4MPEG2) of the text's QR code on white paper; give its path."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(scale=1, border=4)]
    scale = min(WIDTH, HEIGHT) // len(rows)
    luma = bytearray(b"\xe0" * (WIDTH * HEIGHT))
    left, top = (WIDTH - scale * len(rows)) // 2, (HEIGHT - scale * len(rows)) // 2
    for y, row in enumerate(rows):
        line = b"".join((b"\x18" if dark else b"\xe0") * scale for dark in row)
        for again in range(scale):
            start = (top + y * scale + again) * WIDTH + left
            luma[start : start + len(line)] = line
    frame = b"FRAME\n" + bytes(luma) + b"\x80" * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode() + frame * FRAMES)
    return path
