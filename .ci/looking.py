"""What is looked for in a page, by functions that run in it. Each gives a list of faults."""

# The contrast, after WCAG 2, of each piece of text with the nearest background that is painted; within what a selector names, when one is given.
CONTRAST = """
(within) => {
  const parse = (text) => { const m = text.match(/[\\d.]+/g).map(Number); return {r: m[0], g: m[1], b: m[2], a: m[3] ?? 1}; };
  const light = (c) => [c.r, c.g, c.b].map((v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; })
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const bad = [];
  for (const element of document.querySelectorAll('p, li, td, th, h1, h2, h3, a, summary, pre, .detail, .source, .lead')) {
    if (!element.textContent.trim() || !element.checkVisibility() || within && !element.closest(within)) continue;
    let behind = element, paper = null;
    while (behind && !paper) {
      const colour = parse(getComputedStyle(behind).backgroundColor);
      if (colour.a > 0) paper = colour;
      behind = behind.parentElement;
    }
    const ink = light(parse(getComputedStyle(element).color)), back = paper ? light(paper) : 1;
    const ratio = (Math.max(ink, back) + .05) / (Math.min(ink, back) + .05);
    if (ratio < 4.5) bad.push(`${element.tagName} ${ratio.toFixed(2)}: ${element.textContent.trim().slice(0, 40)}`);
  }
  return bad;
}
"""

# Labels of figures that lie over each other, or outside their figure.
LABELS = """
() => {
  const bad = [];
  for (const svg of document.querySelectorAll('svg')) {
    if (!svg.checkVisibility()) continue;
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map((t) => [t.textContent, t.getBoundingClientRect()]);
    boxes.forEach(([text, box], i) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        bad.push(`outside: ${text}`);
      for (const [other, its] of boxes.slice(i + 1)) {
        const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (across > 2 && down > Math.min(box.height, its.height) * .45) bad.push(`over each other: ${text} / ${other}`);
      }
    });
  }
  return bad;
}
"""

# What axe-core holds against a page, by the rules of WCAG 2.2 A and AA and by best practice; axe must stand in the page already.
AXE = """
async (rules) => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const runOnly = rules ? {type: 'rule', values: rules} : {type: 'tag', values: tags};
  const found = await axe.run(document, {runOnly, resultTypes: ['violations']});
  return found.violations.map((fault) => `${fault.id} (${fault.nodes.length}): ${fault.nodes[0].html.slice(0, 160)}`);
}
"""

# The rules of axe-core that colours or widths decide: what else it says of a page it says of each of its looks.
LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]

# What vnu says that is no fault of a page, each with the reason. Its style checker is of 2020 and knows no property that is younger.
YOUNGER = "a property of CSS that vnu's style checker doesn't know yet; browsers that don't either leave it out"
VNU_EXCEPTIONS = {
    'CSS: “color-scheme”: Property “color-scheme” doesn\'t exist.': YOUNGER,
    'CSS: “text-wrap”: Property “text-wrap” doesn\'t exist.': YOUNGER,
    'CSS: “text-underline-offset”: Property “text-underline-offset” doesn\'t exist.': YOUNGER,
    'CSS: “forced-color-adjust”: Property “forced-color-adjust” doesn\'t exist.': YOUNGER,
    'CSS: “print-color-adjust”: Property “print-color-adjust” doesn\'t exist.': YOUNGER,
    'CSS: “paint-order”: Property “paint-order” doesn\'t exist.': "a property of SVG, which vnu's style checker doesn't know in CSS",
}
