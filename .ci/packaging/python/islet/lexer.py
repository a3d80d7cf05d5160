"""A Pygments lexer for islet's commands and teaching cases. Its words come from the program's own declarations."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable

from pygments.lexer import RegexLexer, bygroups, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text, Whitespace

with open(os.path.join(os.path.dirname(__file__), "words.json"), encoding="utf-8") as _file:
    _WORDS: dict[str, list[str]] = json.load(_file)

# Greek is read with and without accents, so it is coloured so too.
_PLAIN = str.maketrans("άέήίόύώϊϋΐΰ", "αεηιουωιυιυ")


def _phrases(*kinds: str) -> words:
    listed: set[str] = set()
    for kind in kinds:
        for phrase in _WORDS[kind]:
            listed |= {phrase, phrase.translate(_PLAIN), phrase.replace("-", " ")}
    return words(sorted(listed), prefix=r"(?<![\w-])", suffix=r"(?![\w-])")


def _start(*kinds: str) -> str:
    """The phrases where a command may stand: at the start of a line or behind a semicolon."""
    listed: set[str] = set()
    for kind in kinds:
        listed |= set(_WORDS[kind]) | {phrase.translate(_PLAIN) for phrase in _WORDS[kind]}
    ordered: Iterable[str] = sorted(listed, key=len, reverse=True)
    return "(" + "|".join(re.escape(phrase).replace("\\ ", r"[ \-]") for phrase in ordered) + r")(?![\w-])"


class IsletLexer(RegexLexer):  # type: ignore[misc,unused-ignore]
    """For islet's scripts, teaching cases and cells of notebooks."""

    name = "islet"
    aliases = ["islet"]
    filenames = ["*.islet"]
    mimetypes = ["text/x-islet"]
    flags = re.MULTILINE | re.IGNORECASE

    tokens = {
        "root": [
            (r"^([ \t]*)(islet)([ \t]+)(\d+)([ \t]+)(\w+)", bygroups(Whitespace, Keyword.Declaration, Whitespace, Number, Whitespace, Keyword.Type)),
            (r"^([ \t]*)(islet)([ \t]+)([a-z]+)([ \t]+)(\d+)", bygroups(Whitespace, Keyword.Declaration, Whitespace, Keyword.Type, Whitespace, Number)),
            (r"^([ \t]*)(%[\w\-]+)", bygroups(Whitespace, Comment.Preproc)),
            (r"^([ \t]*)" + _start("commands"), bygroups(Whitespace, Keyword)),
            (r"^([ \t]*)" + _start("scenario"), bygroups(Whitespace, Keyword.Declaration)),
            (r"(;)([ \t]*)" + _start("commands"), bygroups(Punctuation, Whitespace, Keyword)),
            (r"^([ \t]*)(expect)([ \t]+)" + _start("commands"), bygroups(Whitespace, Keyword.Declaration, Whitespace, Keyword)),
            (r'"[^"\n]*"?', String.Double),
            (r"(?:(?<=[\s;])|^)#[^\n]*", Comment.Single),
            (r"--?[a-z][\w\-]*", Name.Attribute),
            (r"\b[PFE]\d{2,3}\+?(?![\w-])", Name.Label),
            (r"(?<![\w.])\d+(?:[.,]\d+)?(?=[\W_]|$|[a-zα-ω%])", Number),
            (r"%", Name.Builtin),
            (_phrases("conditions"), Operator.Word),
            (_phrases("therapies"), Name.Function),
            (_phrases("tests"), Name.Class),
            (_phrases("findings"), Name.Variable),
            (_phrases("values"), Name.Constant),
            (_phrases("units"), Name.Builtin),
            (_phrases("options"), Name.Attribute),
            (r"[<>=]=?|[|]", Operator),
            (r"[,;:()\[\]]", Punctuation),
            (r"\s+", Whitespace),
            (r"\w+(?:-\w+)*", Text),
            (r".", Text),
        ]
    }
