"""What may be uploaded as a picture."""

import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from editorial.models import Picture
from editorial.pictures import MAX_BYTES, MAX_SIDE, store_upload

pytestmark = pytest.mark.django_db


def make_bytes(kind: str = "PNG", size: tuple[int, int] = (8, 4), **options: Any) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, format=kind, **options)
    return content.getvalue()


def upload(content: bytes, name: str = "picture.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_picture_is_stored_as_what_its_content_says(kind: str, media_type: str) -> None:
    picture = store_upload(upload(make_bytes(kind)))

    assert Picture.objects.get(pk=picture.pk).media_type == media_type
    assert Image.open(BytesIO(bytes(Picture.objects.get(pk=picture.pk).content))).size == (8, 4)


def test_the_same_bytes_are_stored_once() -> None:
    first, second = (store_upload(upload(make_bytes())) for _ in range(2))

    assert first == second
    assert Picture.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script>",
        make_bytes("GIF"),
        make_bytes("BMP"),
        make_bytes("JPEG", (300, 300))[:-200],
        make_bytes("PNG", (300, 300))[:200],
    ],
    ids=["nothing", "svg", "html that begins as png", "gif", "bmp", "half a jpeg", "half a png"],
)
def test_what_is_no_whole_picture_of_a_known_kind_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError, match="Save it as one of these and upload it again"):
        store_upload(upload(content))
    assert not Picture.objects.exists()


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(ValidationError, match="larger than 500 kB"):
        store_upload(upload(make_bytes() + b"\0" * MAX_BYTES))


@pytest.mark.parametrize("size", [(MAX_SIDE + 1, 1), (60_000, 60_000)])
def test_a_picture_of_too_many_pixels_is_refused(size: tuple[int, int]) -> None:
    content = make_bytes()
    width, height = (side.to_bytes(4, "big") for side in size)
    header = b"IHDR" + width + height + content[24:29]
    forged = content[:12] + header + zlib.crc32(header).to_bytes(4, "big") + content[33:]

    with pytest.raises(ValidationError, match="pixels wide or high"):
        store_upload(upload(forged))


def test_a_picture_that_moves_is_refused() -> None:
    content = BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(content, format="WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(ValidationError, match="moves"):
        store_upload(upload(content.getvalue()))


def test_hidden_data_of_a_photograph_is_removed_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # On its side: to be turned by 90 degrees.
    exif[0x010F] = "Canary Camera"

    picture = store_upload(upload(make_bytes("JPEG", exif=exif.tobytes())))

    content = bytes(Picture.objects.get(pk=picture.pk).content)
    assert b"Canary" not in content
    assert Image.open(BytesIO(content)).size == (4, 8)


def test_hidden_text_of_a_png_is_removed() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Canary Author")

    picture = store_upload(upload(make_bytes("PNG", pnginfo=text)))

    assert b"Canary" not in bytes(Picture.objects.get(pk=picture.pk).content)
