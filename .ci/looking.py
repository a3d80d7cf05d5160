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
