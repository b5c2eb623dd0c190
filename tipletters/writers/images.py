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
        with Image.open(path) as image:
            image.load()
            bare = Image.new("RGBA", image.size)
            bare.paste(image.convert("RGBA"))
            dots = image.info.get("dpi", (144, 144))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise CaseError("The logo is not an image.", where=str(path), then="Use a PNG or JPEG file.") from None
    out = io.BytesIO()
    bare.save(out, "PNG", dpi=dots)
    out.seek(0)
    return out
