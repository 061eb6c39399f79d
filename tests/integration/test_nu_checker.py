"""The Nu HTML checker, the reference for valid HTML, on every public page of a site that holds every structure."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.public_routes import list_public_urls, list_some_urls
from tests.rich_content import build_rich_site
from tests.steps import retire, revise

JAR = settings.LOCAL_DIR / "tools/node_modules/vnu-jar/build/dist/vnu.jar"
OF_EACH = 3
"""Addresses of each route that are also checked in Spanish."""
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not JAR.exists(), reason=f"{JAR.name} is missing; `make tools` fetches it"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is missing; on Debian: apt-get install default-jre"),
]


def list_errors(folder: Path) -> list[str]:
    """What the checker calls an error in the pages of the folder, each with its page and the text around it."""
    command = ["java", "-jar", str(JAR), "--errors-only", "--exit-zero-always", "--format", "json", str(folder)]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stderr)
    return [f"{Path(found['url']).name}: {found['message']} {found.get('extract', '')}" for found in report["messages"]]


def test_no_public_page_has_an_error(client: Client, tmp_path: Path) -> None:
    site = build_rich_site()
    revise(site.faq, slug="moved-question")
    revise(site.comparison, answer="Another answer.")
    retire(site.term)
    urls = [*list_public_urls(), *(f"/es{url}" for url in list_some_urls(OF_EACH))]
    for number, url in enumerate(urls):
        response = client.get(url)
        if "html" in response.headers.get("Content-Type", "") and response.content:
            name = "".join(letter if letter.isalnum() else "_" for letter in url)[:80]
            (tmp_path / f"{number:03}{name}.html").write_bytes(response.content)

    assert len(list(tmp_path.iterdir())) > 60
    assert "\n".join(list_errors(tmp_path)) == ""


def test_an_error_is_found(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<!doctype html><html lang=en><title>T</title><p><div>In</div></p></html>")

    assert list_errors(tmp_path) != []
