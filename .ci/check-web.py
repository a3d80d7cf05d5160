"""Looks at pages in headless Chromium: check-web.py FOLDER [PAGE.html ...].

Every page of the folder, and those named, must give no console error, ask for nothing from outside, fit every width
without scrolling sideways, stay readable in dark and print, and be walked through with the Tab key. Screenshots of the
samples and of the pages named are left in the folder, to be looked at. Exit status 1 when anything is wrong.
"""

import os
import pathlib
import sys

from looking import CONTRAST, LABELS
from playwright.sync_api import sync_playwright

WIDTHS = [320, 375, 640, 768, 1280]
# Pages of which screenshots are taken, and how much of a long page they show, in pixels.
PICTURED = ("samples", "notebook-tour", "notebook-insulinoma", "notebook-liver", "notebook-targeted", "review")
TALLEST = 6000

# A page with a fault of each kind, which the check must find.
BAD = """<!DOCTYPE html><html lang="en"><body style="background:#fff"><h1>a</h1><main><p style="color:#ccc">pale</p>
<a href="#x" style="outline:none">b</a><div style="width:3000px">wide</div><img src="http://127.0.0.1:9/x.png">
<svg width="90" height="30"><text x="0" y="20">one label</text><text x="5" y="20">another</text></svg>
<style>@media print{body{background:#333!important}}</style><script>throw new Error("c")</script></main></body></html>"""
FOUND = ["px too wide", "contrast: P", "over each other", "the paper isn't white", "page error", "not the skip link", "no outline", "asks for"]


def check(browser, page_path, pictures):
    """The faults of one page."""
    faults = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    address = page_path.resolve().as_uri()
    page.goto(address)
    name = page_path.stem
    for scheme in ("light", "dark"):
        page.emulate_media(media="screen", color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                faults.append(f"{width} px {scheme}: {over} px too wide")
            faults += [f"{width} px {scheme}: {fault}" for fault in page.evaluate(LABELS)]
            if pictures and width in (375, 1280):
                height = page.evaluate("document.documentElement.scrollHeight")
                page.screenshot(
                    path=str(page_path.parent / f"{name}-{scheme}-{width}.png"), full_page=True, timeout=180_000,
                    clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)})
        faults += [f"{scheme} contrast: {fault}" for fault in page.evaluate(CONTRAST)]
    page.emulate_media(media="print", color_scheme="dark")
    if page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)":
        faults.append("print: the paper isn't white")
    faults += [f"print contrast: {fault}" for fault in page.evaluate(CONTRAST)]
    if pictures:
        page.pdf(path=str(page_path.parent / f"{name}.pdf"))
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size({"width": 375, "height": 900})
    faults += keyboard(page)
    faults += [f"asks for {url}" for url in asked if url != address]
    if page.locator("h1").count() != 1 or page.locator("main").count() != 1:
        faults.append("not exactly one h1 and one main")
    context.close()
    return faults


def keyboard(page):
    """Tab reaches the skip link first, then every link, summary and scrolling region, each showing that it has the focus."""
    faults = []
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')].filter((e) => e.checkVisibility()).length")
    page.evaluate("document.activeElement.blur(); window.seen = new Set()")
    for step in range(wanted + 5):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "(() => { const e = document.activeElement; if (e === document.body) return null; window.seen.add(e);"
            " const s = getComputedStyle(e); return [e.className, s.outlineStyle]; })()")
        if where is None:
            break
        if step == 0 and where[0] != "skip":
            faults.append(f"keyboard: the first stop is {where[0]}, not the skip link")
        if where[1] == "none":
            faults.append(f"keyboard: no outline on {where[0]}")
    reached = page.evaluate("window.seen.size")
    if reached < wanted:
        faults.append(f"keyboard: {reached} of {wanted} stops reached")
    return faults


def main():
    folder = pathlib.Path(sys.argv[1])
    named = [pathlib.Path(name) for name in sys.argv[2:]]
    wrong = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        bad = folder / "bad.htm"
        bad.write_text(BAD)
        faults = check(browser, bad, False)
        bad.unlink()
        missed = [kind for kind in FOUND if not any(kind in fault for fault in faults)]
        if missed:
            print(f"the check itself is broken, it missed: {', '.join(missed)}\n" + "\n".join(faults))
            return 1
        pages = sorted(folder.glob("*.html")) + named
        for page in pages:
            faults = check(browser, page, page.stem.startswith(PICTURED) or page in named)
            for fault in dict.fromkeys(faults):
                print(f"{page.name}: {fault}")
            wrong += bool(faults)
        browser.close()
    print(f"{len(pages)} pages looked at, {wrong} with faults; screenshots in {folder}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
