"""Plays cases in their pages: check-playable.py FOLDER ISLET. Exit status 1 when anything is wrong."""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PARTS = ["total", "goal", "reasoning", "safety", "economy"]
# A page with a fault of each kind, which the check must find.
BAD = """<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="script-src 'sha256-AAAA'"></head><body>
<div style="width:900px">wide</div><img src="http://127.0.0.1:9/x.png"><script>throw 1</script></body></html>"""
# Plays by clicks, from within the page.
PLAY = """
(actions) => {
  const last = (selector) => [...document.querySelectorAll(selector)].at(-1);
  const press = (text) => {
    const found = [...document.querySelectorAll('.step:last-of-type button')].filter((b) => !b.disabled && b.checkVisibility());
    const button = text ? found.find((b) => b.textContent.startsWith(text)) : found.filter((b) => b.className === 'first').at(-1);
    if (!button) throw new Error('no button: ' + (text || 'first'));
    button.click();
  };
  const words = JSON.parse(document.getElementById('table').textContent).words;
  press();
  for (const [kind, ...rest] of actions) {
    const step = last('.step');
    if (kind === 'next' || kind === 'done') press();
    else if (kind === 'hint') press(words.hint.split('(')[0].trim());
    else if (kind === 'deed') {
      const button = step.querySelector(`button[data-choice="${rest[0]}"]`);
      if (!button) throw new Error('no deed ' + rest[0]);
      button.click();
      if (step.classList.contains('command')) press();
    } else {
      const inputs = [...step.querySelectorAll('fieldset input')];
      if (kind === 'number') {
        inputs[0].value = rest[0];
        const unit = step.querySelector('select');
        if (unit) unit.value = [...unit.options].find((o) => o.textContent === rest[1]).value;
      } else if (kind === 'shares') {
        const places = rest.slice(0, rest.length / 2), shares = rest.slice(rest.length / 2);
        places.forEach((place, at) => { inputs[place].value = shares[at]; inputs[place].dispatchEvent(new Event('input')); });
      } else if (kind === 'order') {
        rest.forEach((place, to) => {
          const at = () => [...step.querySelectorAll('.order li')].findIndex((l) => l.dataset.place == place);
          while (at() > to) step.querySelector(`.order li[data-place="${place}"] [data-by="-1"]`).click();
        });
      } else for (const place of rest) inputs[place].click();
      press(words.answer);
      const fault = step.querySelector('.fault');
      if (fault && fault.textContent) throw new Error(fault.textContent);
      press();
    }
  }
  const end = document.querySelector('.step.end');
  return end && Object.fromEntries(Object.entries(end.dataset).map(([k, v]) => [k, Number(v)]));
}
"""


def opened(browser, address, faults, width=1000):
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    page.on("request", lambda request: faults.append(f"asks for {request.url}") if request.url != address else None)
    page.goto(address)
    return page


def wide(page):
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{over} px too wide"] if over > 0 else []


def axe(page, where):
    found = Axe().run(page).response["violations"]
    return [f"axe {where}: {v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


def looked_at(browser, address, plays, picture):
    """One way by hand at 360 px, with pictures and axe-core at each kind of step, light and dark."""
    faults, seen = [], set()
    page = opened(browser, address, faults, 360)
    play = next(p for p in plays if p["way"] == "good")

    def look():
        faults.extend(wide(page))
        kind = page.evaluate("[...document.querySelectorAll('.step')].at(-1).className.trim().split(' ').at(-1)")
        if kind in seen:
            return
        seen.add(kind)
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            faults.extend(axe(page, f"{kind} {scheme}"))
            if picture:
                page.screenshot(path=f"{picture}-{kind}-{scheme}-360.png")
    look()
    # The same steps one by one: what was done so far is done anew.
    for count in range(0, len(play["actions"]) + 1):
        page.reload()
        page.evaluate(PLAY, play["actions"][:count])
        look()
    if picture:
        page.screenshot(path=f"{picture}-end-360.png", full_page=True)
        page.set_viewport_size({"width": 1100, "height": 900})
        page.screenshot(path=f"{picture}-end-1100.png", full_page=True)
        page.emulate_media(media="print", color_scheme="dark")
        page.pdf(path=f"{picture}.pdf")
        page.emulate_media(media="screen")
    link = page.locator(".end a.cite").first
    if link.count():
        link.click()
        if not page.locator("dialog[open] #source-text p").count():
            faults.append("a citation opens nothing")
        faults.extend(axe(page, "source"))
        if picture:
            page.screenshot(path=f"{picture}-source.png")
        page.keyboard.press("Escape")
        if page.evaluate("document.activeElement.className") != "cite":
            faults.append("the focus doesn't come back to the citation")
    page.context.close()
    return faults


def by_keyboard(browser, address, play):
    """Plays by Tab, Space, Enter, arrows and digits alone."""
    faults = []
    page = opened(browser, address, faults)

    def reach(selector):
        for _ in range(120):
            if page.evaluate("(s) => { const a = document.activeElement; return a.matches(s) && a.closest('.step') === [...document.querySelectorAll('.step')].at(-1); }", selector):
                if page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "none":
                    faults.append(f"keyboard: no outline on {selector}")
                return True
            page.keyboard.press("Tab")
        faults.append(f"keyboard: {selector} isn't reached")
        return False

    def press(selector, key="Enter"):
        if not reach(selector):
            raise RuntimeError(selector)
        page.keyboard.press(key)
    try:
        press("button.first")
        for kind, *rest in play["actions"]:
            if kind in ("next", "done"):
                press(".buttons button.first")
                continue
            if kind == "hint":
                press(".hints button")
                continue
            if kind == "deed":
                is_command = page.evaluate("[...document.querySelectorAll('.step')].at(-1).classList.contains('command')")
                press(f"button[data-choice='{rest[0]}']")
                if not is_command:
                    continue
            elif kind == "number":
                reach("input")
                page.keyboard.type(rest[0])
                if page.locator(".step:last-of-type select").count():
                    reach("select")
                    page.keyboard.type(rest[1])
            elif kind == "shares":
                for place, share in zip(rest[: len(rest) // 2], rest[len(rest) // 2:]):
                    page.evaluate("[...document.querySelectorAll('.step')].at(-1).querySelector('h2').focus()")
                    reach(f".option:nth-of-type({place + 1}) input")
                    page.keyboard.type(str(share))
            elif kind == "order":
                for to, place in enumerate(rest):
                    while page.evaluate(
                            "(p) => [...[...document.querySelectorAll('.step')].at(-1).querySelectorAll('.order li')].findIndex((l) => l.dataset.place == p)", place) > to:
                        page.evaluate("[...document.querySelectorAll('.step')].at(-1).querySelector('h2').focus()")
                        press(f"li[data-place='{place}'] [data-by='-1']")
            elif kind == "one":
                reach("input[type=radio]")
                for _ in range(rest[0]):
                    page.keyboard.press("ArrowDown")
                page.keyboard.press("Space")
            else:
                for place in rest:
                    reach(f"input[value='{place}']")
                    page.keyboard.press("Space")
            if kind != "deed":
                press("fieldset button.first")
            press(".buttons button.first")
        marks = {part: int(page.evaluate(f"document.querySelector('.end').dataset.{part}")) for part in PARTS}
        if marks != play["marks"]:
            faults.append(f"keyboard: {marks}, in the shell {play['marks']}")
    except Exception as error:  # noqa: BLE001
        faults.append(f"keyboard: {error}")
    page.context.close()
    return faults


def shell(islet, play):
    """The marks that the program itself gives for the lines of a play."""
    with tempfile.TemporaryDirectory() as home:
        lines = [f"play {play['case']}", *play["lines"], "debrief"]
        done = subprocess.run(
            [islet, "--format", "json", "--keep-going", "--language", play["language"]], input="\n".join(lines) + "\n", capture_output=True, text=True,
            env={**os.environ, "HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home})
        for line in reversed(done.stdout.splitlines()):
            score = json.loads(line).get("score")
            if score:
                return {part: score[part] for part in PARTS}
    return None


def main():
    folder, islet = pathlib.Path(sys.argv[1]), sys.argv[2]
    rows = [json.loads(line) for line in (folder / "plays.jsonl").read_text().splitlines()]
    faults = [f"{row['case']}: {row['lost']} isn't in the table with the marks of the shell" for row in rows if "lost" in row]
    plays = [row for row in rows if "lost" not in row]
    by_page = {}
    for play in plays:
        by_page.setdefault((play["case"], play["language"]), []).append(play)
    declared = [play for play in plays if not play["way"].startswith("random")]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for play, marks in zip(declared, pool.map(lambda play: shell(islet, play), declared)):
            if marks != play["marks"]:
                faults.append(f"{play['case']} {play['way']}: the program gives {marks}, not {play['marks']}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        bad = folder / "bad.htm"
        bad.write_text(BAD)
        found = []
        page = opened(browser, bad.resolve().as_uri(), found, 360)
        found += wide(page) + axe(page, "bad")
        page.context.close()
        bad.unlink()
        for kind in ("too wide", "asks for", "console", "axe"):
            if not any(kind in fault for fault in found):
                faults.append(f"the check itself is broken, it missed: {kind}")
        for (case, language), own in by_page.items():
            path = folder / f"{case}-{language}.html"
            address = path.resolve().as_uri()
            text = path.read_text()
            table = json.loads(re.search(r'<script type="application/json" id="table">(.*?)</script>', text, re.S).group(1))
            size = len(table["states"]) + sum(node[0] == "command" for node in table["nodes"])
            mine = []
            if path.stat().st_size > 2_000_000 or size > 2_000:
                mine.append(f"{path.stat().st_size} bytes, {size} situations")
            page = opened(browser, address, mine)
            for play in own:
                page.reload()
                try:
                    marks = page.evaluate(PLAY, play["actions"])
                except Exception as error:  # noqa: BLE001
                    marks = str(error).splitlines()[0]
                if marks != play["marks"]:
                    mine.append(f"{play['way']}: {marks}, in the shell {play['marks']}")
            page.context.close()
            if case in ("fasting-hypoglycaemia", "two-years", "ablation-limits"):
                mine += looked_at(browser, address, own, str(folder / f"{case}-{language}"))
            if case in ("fasting-hypoglycaemia", "ablation-limits") and language == "en":
                mine += by_keyboard(browser, address, own[0])
            faults += [f"{path.name}: {fault}" for fault in dict.fromkeys(mine)]
        browser.close()
    for fault in faults:
        print(fault)
    print(f"{len(by_page)} pages, {len(plays)} plays, {len(faults)} faults; screenshots in {folder}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
