"""Draw the pictures that browsers and networks ask for, from the site's own mark: icons and the share picture.

    .venv/bin/python -m tests.browser.pictures

Run it when static/brand/favicon.svg changes; the results are kept in the repository.
"""

import shutil
import struct
from pathlib import Path

from playwright.sync_api import sync_playwright

BRAND = Path(__file__).resolve().parents[2] / "static" / "brand"
ACCENT = "#0b5d66"


def draw():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        favicon = picture(browser, icon(size=32, padding=0), 32, 32, transparent=True)
        (BRAND / "favicon.ico").write_bytes(as_ico(favicon, size=32))
        (BRAND / "apple-touch-icon.png").write_bytes(
            picture(browser, icon(size=180, padding=28, ground=True), 180, 180)
        )
        (BRAND / "share.png").write_bytes(picture(browser, share(), 1200, 630))
        browser.close()


def picture(browser, body, width, height, *, transparent=False):
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    page.set_content(f"<style>*{{margin:0;box-sizing:border-box}}</style>{body}")
    return page.screenshot(omit_background=transparent)


def mark(colour):
    paths = (BRAND / "favicon.svg").read_text().partition("</style>")[2]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="100%" fill="{colour}">{paths}'


def icon(*, size, padding, ground=False):
    style = f"width:{size}px;height:{size}px;padding:{padding}px;background:{ACCENT if ground else 'transparent'}"
    return f'<div style="{style}">{mark("#fff" if ground else ACCENT)}</div>'


def share():
    """1200 × 630, what social networks show; in French, the sector's language, with a line of English."""
    return f"""
    <div style="width:1200px;height:630px;padding:84px;background:#f5f8f7;color:#0c191c;display:flex;gap:64px;
                align-items:center;font-family:'Liberation Sans',Arial,sans-serif">
      <div style="width:300px;flex:none">{mark(ACCENT)}</div>
      <div>
        <p style="font-size:68px;font-weight:700;line-height:1.1;letter-spacing:-2px">Maturité numérique
          <span style="color:{ACCENT}">ITS</span></p>
        <p style="font-size:34px;line-height:1.35;margin-top:28px;color:#4f6166">L’autodiagnostic des industries et
          technologies de santé</p>
        <p style="font-size:26px;line-height:1.35;margin-top:20px;color:#4f6166">The self-assessment of the health
          industries and technologies</p>
      </div>
    </div>"""


def as_ico(png, *, size):
    """An .ico file that holds one PNG: six bytes of header, sixteen of directory."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, size, size, 0, 0, 1, 32, len(png), 22) + png


if __name__ == "__main__":
    draw()
