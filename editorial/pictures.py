"""Pictures: what may be stored, and what the public may see."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import Exists
from PIL import Image, ImageOps, UnidentifiedImageError

from editorial.editions import NotPublished
from editorial.models import Edition, Picture

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
MAX_BYTES = 500_000
MAX_SIDE = 4000
_TOO_LARGE = "This picture is larger than 500 kB. Save it smaller and upload it again."
_TOO_WIDE = f"This picture is more than {MAX_SIDE} pixels wide or high. Save it smaller and upload it again."
_NO_PICTURE = "This file is not a whole PNG, JPEG or WebP picture. Save it as one of these and upload it again."
# What a picture may tell beside its pixels; anything else (place, device, author, comments) is removed.
_HARMLESS = (
    {"dpi", "gamma", "icc_profile", "interlace", "srgb", "transparency"}
    | {"adobe", "adobe_transform", "jfif", "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive"}
    | {"background", "duration", "loop", "timestamp"}
)


def get_public(sha256: str) -> Picture:
    """The picture, in one query, while a public page shows it. Raises NotPublished."""
    shown = Edition.objects.public().filter(tags__contains=[f"picture:{sha256}"])
    picture = Picture.objects.filter(Exists(shown), sha256=sha256, media_type__in=MEDIA_TYPES.values()).first()
    if picture is None:
        raise NotPublished(f"picture {sha256}")
    return picture


def store_upload(file: File) -> Picture:
    """The stored picture. What it is, its content says; its name and claimed type are not believed.

    Hidden data such as the place where a photograph was taken is removed. Raises ValidationError with a sentence.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValidationError(_TOO_LARGE)
    image = _open(content)
    if getattr(image, "n_frames", 1) > 1:
        raise ValidationError("This picture moves. Upload one that stands still.")
    cleaned = content if image.info.keys() <= _HARMLESS else _without_hidden_data(image)
    if len(cleaned) > MAX_BYTES:
        raise ValidationError(_TOO_LARGE)
    return Picture.store(cleaned, media_type=MEDIA_TYPES[image.format])


def _open(content: bytes) -> Image.Image:
    try:
        # Only the named decoders run, and the pixels are read only of a picture of sensible size.
        image = Image.open(BytesIO(content), formats=list(MEDIA_TYPES))
        if max(image.size) > MAX_SIDE:
            raise ValidationError(_TOO_WIDE)
        image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_TOO_WIDE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_NO_PICTURE) from error
    return image


def _without_hidden_data(image: Image.Image) -> bytes:
    """The same picture, upright, with its colour profile and nothing else."""
    upright = ImageOps.exif_transpose(image)
    kept = {name: image.info[name] for name in ("icc_profile", "transparency") if name in image.info}
    upright.info = {}
    cleaned = BytesIO()
    upright.save(cleaned, format=image.format, quality=92, **kept)
    return cleaned.getvalue()
