"""A process of its own that draws a picture anew and nothing else; the only importer of Pillow.

The picture comes on standard input, the longest side of the new one as the argument. Run with `-I`: it sees no settings.
"""

import resource
import sys
import warnings
from io import BytesIO

from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000
MOST_MEMORY = 768 * 1024 * 1024
MOST_SECONDS = 15
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")


def draw(source: bytes, side: int) -> bytes:
    """The picture, upright, within a square of `side` pixels, as WebP; the first of one that moves.

    Raises:
        Exception: it cannot be read, or has more pixels than are drawn.
    """
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(BytesIO(source), formats=FORMATS) as opened:
        opened.draft("RGB", (side, side))
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((side, side), Image.Resampling.LANCZOS)
        with_gaps = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        drawn = upright.convert("RGBA" if with_gaps else "RGB")
    new = Image.new(drawn.mode, drawn.size)
    new.paste(drawn)
    out = BytesIO()
    new.save(out, "WEBP", quality=86, method=4)
    return out.getvalue()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read(), int(sys.argv[1])))
