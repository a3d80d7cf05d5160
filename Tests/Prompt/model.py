"""A model of islet's prompt, written from its description and not from its source: what each key does to the line, and
which cells of the screen show it."""

import unicodedata

from wcwidth import wcwidth


def width(text):
    return sum(max(0, wcwidth(c)) for c in text)


def cut(text, columns):
    """The text, with an ellipsis where it is wider than some columns."""
    if width(text) <= columns:
        return text
    kept = ""
    for c in text:
        if width(kept + c) > columns - 1:
            break
        kept += c
    return kept + "…"


class Line:
    """The line and what keys do to it."""

    def __init__(self, history):
        self.history = history
        self.text, self.cursor, self.killed, self.browsing = "", 0, "", None

    def put(self, text):
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)

    def set(self, text):
        self.text, self.cursor = text, len(text)

    def left(self):
        self.cursor = max(0, self.cursor - 1)

    def home(self):
        self.cursor = 0

    def end(self):
        self.cursor = len(self.text)

    def backspace(self):
        if self.cursor:
            self.text = self.text[: self.cursor - 1] + self.text[self.cursor :]
            self.cursor -= 1

    def delete(self):
        self.text = self.text[: self.cursor] + self.text[self.cursor + 1 :]

    def kill_end(self):
        self.killed = self.text[self.cursor :]
        self.text = self.text[: self.cursor]

    def kill_line(self):
        self.killed = self.text
        self.text, self.cursor = "", 0

    def yank(self):
        self.put(self.killed)

    def vertical(self, step):
        """Up and Down: rows of the text, then earlier lines that begin with what is before the cursor."""
        if not (self.browsing and self.browsing["shown"] == self.text and self.cursor == len(self.text)):
            rows = self.text.split("\n")
            before = self.text[: self.cursor].split("\n")
            row, column = len(before) - 1, len(before[-1])
            if 0 <= row + step < len(rows):
                row += step
                self.cursor = sum(len(r) + 1 for r in rows[:row]) + min(column, len(rows[row]))
                return
            self.browsing = {"typed": self.text, "prefix": self.text[: self.cursor], "place": len(self.history), "shown": self.text}
        b = self.browsing
        place = b["place"] + step
        while 0 <= place < len(self.history) and (not self.history[place].startswith(b["prefix"]) or self.history[place] == b["shown"]):
            place += step
        if place < 0 or place >= len(self.history) and b["place"] >= len(self.history):
            return
        text = self.history[place] if place < len(self.history) else b["typed"]
        b["place"], b["shown"] = min(place, len(self.history)), text
        self.set(text)

    def hint(self):
        """What stands dim behind the cursor: the rest of the last line that begins with what is typed."""
        if not self.text or self.cursor < len(self.text) or "\n" in self.text:
            return ""
        for line in reversed(self.history):
            if line.startswith(self.text) and len(line) > len(self.text) and "\n" not in line:
                return line[len(self.text) :]
        return ""


class Canvas:
    """The rows that a terminal has shown since the program started; the screen is the last of them."""

    def __init__(self, columns, height):
        self.columns, self.height = columns, height
        self.above = []
        self.reached = height

    def layout(self, prompt, continuation, line, cursor, hint="", below=()):
        """The rows of prompt and line, and the cursor's place in them."""
        rows, place = [[]], None

        def add(text):
            for c in text:
                w = wcwidth(c)
                if len(rows[-1]) + w > self.columns:
                    rows.append([])
                rows[-1].append(c)
                rows[-1].extend([""] * (w - 1))

        add(prompt)
        for number, c in enumerate(line):
            if number == cursor:
                w = 1 if c == "\n" else wcwidth(c)
                if c != "\n" and len(rows[-1]) + w > self.columns:
                    place = (len(rows), 0)
                else:
                    place = (len(rows) - 1, min(len(rows[-1]), self.columns - 1))
            if c == "\n":
                rows.append([])
                add(continuation)
            else:
                add(c)
        if len(rows[-1]) >= self.columns:
            rows.append([])
        if place is None:
            place = (len(rows) - 1, len(rows[-1]))
        self.line_rows = len(rows)
        if hint and len(rows) == 1:
            room = self.columns - len(rows[0])
            shown = hint if width(hint) <= room else cut(hint, room)
            add(shown)
        for text in below:
            rows.append([])
            add(text)
        return rows, place

    def show(self, rows, place):
        """The screen, as lists of cells, and the cursor, when these rows follow what stands above."""
        first = 0
        if len(rows) > self.height:
            first = min(max(0, place[0] - self.height + 1), len(rows) - self.height)
            rows = rows[first : first + self.height]
        canvas = self.above + rows
        base = max(self.base, len(canvas) - self.height)
        self.base = base
        screen = canvas[base : base + self.height]
        cells = [[c for c in row] + [" "] * (self.columns - len(row)) for row in screen]
        cells += [[" "] * self.columns for _ in range(self.height - len(cells))]
        return cells, (len(self.above) + place[0] - first - base, place[1])

    def start(self, rows_above, base):
        """The prompt takes the row below these."""
        self.above, self.base = rows_above, base
