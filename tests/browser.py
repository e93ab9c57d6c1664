"""A real Chromium for pages, and a record of all that a page does that it should not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    sync_playwright,
)

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TIMEOUT = 10_000
"""Milliseconds that a page gets for anything asked of it."""
# Runs before the page's own scripts: notes blocked content and every text that a canvas shows, with
# where it stands on the screen if it is centred there, as the drawing's texts are.
WATCH = """
  window.violations = [];
  window.drawn = [];
  window.placed = [];
  document.addEventListener("securitypolicyviolation",
    (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
    window.drawn.push(text);
    const scale = this.getTransform().a / devicePixelRatio;
    const { x: middle, y: top } = this.getTransform().transformPoint({ x, y });
    const half = (this.measureText(text).width * scale) / 2;
    const [across, down] = [middle / devicePixelRatio, top / devicePixelRatio];
    const size = parseFloat(this.font) * scale;
    window.placed.push([text, across - half, down, across + half, down + size]);
    return fillText.call(this, text, x, y, ...rest);
  };
"""
PAINTED = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let painted = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]) painted += 1;
  return painted;
}"""


@dataclass
class Opened:
    """An open page and all that went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def drawn(self) -> set[str]:
        """Return every line of text that the drawing showed so far."""
        return set(self.page.evaluate("window.drawn"))

    def placed(self) -> list[tuple[str, float, float, float, float]]:
        """Return every line that the drawing showed so far, with its left, top, right and low."""
        return [tuple(one) for one in self.page.evaluate("window.placed")]

    def painted(self) -> int:
        """Return how many pixels of the drawing are not blank."""
        painted: int = self.page.evaluate(PAINTED)
        return painted

    def check_quiet(self) -> None:
        """Assert that nothing was asked for, ran that should not, was blocked, or failed."""
        assert self.requests == []
        assert self.errors == []
        assert self.page.evaluate("window.ran") is None
        assert self.page.evaluate("window.violations") == []


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a running Chromium; without one the test is skipped, or fails with CI=true."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        message = "No Chromium here; install it: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, file: Path, **options: Any) -> Iterator[Opened]:
    """Give the page in `file`, open and drawn; `options` are those of a browser context."""
    context = browser.new_context(reduced_motion="reduce", **options)
    context.set_default_timeout(TIMEOUT)
    page = context.new_page()
    found = Opened(page)
    address = file.as_uri()

    def on_request(request: Request) -> None:
        if request.url != address and not request.url.startswith("data:"):
            found.requests.append(request.url)

    def on_dialog(dialog: Dialog) -> None:
        found.errors.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.errors.append(message.text)

    page.on("request", on_request)
    page.on("dialog", on_dialog)
    page.on("console", on_console)
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    page.on("popup", lambda popup: found.errors.append(f"popup {popup.url}"))
    page.add_init_script(WATCH)
    page.goto(address)
    if options.get("java_script_enabled", True) and page.locator("#library").count():
        page.wait_for_selector("html.js", state="attached")
    try:
        yield found
    finally:
        context.close()
