"""The stylesheet and the script lose what only people read, and mean the same."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from sclerosis_site.static_storage import LeanStorage, minify

STATIC = Path(settings.BASE_DIR, "static")


@pytest.fixture
def storage(tmp_path: Path) -> LeanStorage:
    return LeanStorage(location=tmp_path)


@pytest.mark.parametrize("name", ["site.css", "site.js"])
def test_what_readers_load_is_kept_small_also_under_its_hashed_name(
    storage: LeanStorage, tmp_path: Path, name: str
) -> None:
    written = (STATIC / name).read_text()
    storage.save(name, ContentFile(written.encode()))

    done = list(storage.post_process({name: (FileSystemStorage(STATIC), name)}))

    hashed = next(new for old, new, _ in done if old == name)
    assert hashed != name
    for kept in (name, hashed):
        assert (tmp_path / kept).read_text() == minify(name, written)
    assert len(minify(name, written)) < 0.95 * len(written)
    assert "/*" not in minify(name, written)


def test_files_of_the_staff_and_of_packages_stay_as_they_are(storage: LeanStorage, tmp_path: Path) -> None:
    storage.save("admin/base.css", ContentFile(b"/* Kept. */ a { color: red; }"))

    assert (tmp_path / "admin/base.css").read_bytes() == b"/* Kept. */ a { color: red; }"


def test_spaces_that_mean_something_stay() -> None:
    small = minify("site.css", (STATIC / "site.css").read_text())

    assert "min(100% - 2 * var(--gap)" in small
    assert "1rem + 0.25vw" in small
    assert small.count("{") == small.count("}")
