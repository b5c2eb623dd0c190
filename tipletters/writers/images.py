"""Images from an organisation, without what they tell of where and when they were made."""

import io
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from tipletters.errors import CaseError


def without_metadata(path: Path) -> io.BytesIO:
    """Return an image as PNG without its metadata.

    Raises:
        CaseError: the file is no image, or cannot be read.
    """
    try:
        return io.BytesIO(bare(path.read_bytes(), "PNG"))
    except (OSError, ValueError):
        raise CaseError("The logo is not an image.", where=str(path), then="Use a PNG or JPEG file.") from None


def bare(data: bytes, kind: str | None = None) -> bytes:
    """Return an image anew, with its points and its size on paper and nothing else.

    Args:
        data: the image.
        kind: "PNG", or None to keep the kind that it has.

    Raises:
        ValueError: it is no image that can be read.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            kind = kind or image.format or "PNG"
            mode = "RGB" if kind == "JPEG" else "RGBA"
            copy = Image.new(mode, image.size)
            copy.paste(image.convert(mode))
            dots = tuple(map(float, image.info.get("dpi", (144, 144))))
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise ValueError("no image") from None
    out = io.BytesIO()
    copy.save(out, kind, dpi=dots, **({"quality": 95} if kind == "JPEG" else {}))
    return out.getvalue()
