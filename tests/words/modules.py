"""Words written into a module of Python or JavaScript and not translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.words.templates import WORD, Found

# What each of these is given as its first argument is a message.
GETTEXT = frozenset(
    {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
    | {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
)
# What people read wherever these are named.
WORDED = frozenset(
    {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"}
    | {"message", "placeholder", "short_description"}
)
TOLD_INSIDE = frozenset({"ValueError", "TypeError", "RuntimeError", "KeyError"})
TOLD = frozenset({"success", "error", "info", "warning"})  # of django.contrib.messages
# What people who run commands and servers read, data of the demo, and the description
# of the API stay in English.
IN_ENGLISH = re.compile(
    r"/(migrations|management|demo|training|evaluation|deployment|families|api)/"
    r"|recruit/(settings|imports/command|imports/columns)\.py"
    r"|matching/(adapters|conf|encoder|query_encoding|thresholds)\.py"
)
_SENTENCE = re.compile(r"[A-Z][a-z’]* [a-z]+( |[.,:;?!…]|$)")
_UNNAMED = re.compile(r"(?<!%)%[sd]")
_JS_STRING = re.compile(r'"([^"\\\n]*)"|`([^`]*)`')
_JS_SAID = re.compile(
    r'(?:textContent = |confirm\(|alert\(|"aria-label", |title = )"([^"]+)"'
)


def in_python(path: Path, root: Path) -> Iterator[Found]:
    """Yield what a module says to people without translating it."""
    file = str(path.relative_to(root))
    if IN_ENGLISH.search(file):
        return
    for line, text in _said(ast.parse(path.read_text())):
        yield Found(file, line, text)


def _said(tree: ast.Module) -> Iterator[tuple[int, str]]:
    nodes = list(ast.walk(tree))
    silent = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        if _name(call.func) in GETTEXT:
            yield from _badly_worded(call)
        if _name(call.func) in GETTEXT | TOLD_INSIDE:
            silent |= {id(part) for part in ast.walk(call)}
    places = [(said, WORD.search) for node in nodes for said in _places(node)]
    for node, is_worded in [*places, *((node, _SENTENCE.match) for node in nodes)]:
        text = _literal(node) or ""
        if id(node) not in silent and is_worded(text):
            silent |= {id(part) for part in ast.walk(node)}
            yield getattr(node, "lineno", 0), text


def _places(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions under a node that people read."""
    if isinstance(node, ast.keyword) and node.arg in WORDED:
        yield node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if _name(node.func.value) == "messages" and node.func.attr in TOLD:
            yield from node.args[1:2]
    elif isinstance(node, ast.Call) and _name(node.func) == "ValidationError":
        yield from node.args[:1]
    elif isinstance(node, ast.ClassDef):
        yield from _labels(node)


def _labels(node: ast.ClassDef) -> Iterator[ast.expr]:
    is_choices = any(_name(base).endswith("Choices") for base in node.bases)
    for each in node.body:
        if not isinstance(each, ast.Assign):
            continue
        names = {_name(target) for target in each.targets}
        if is_choices and isinstance(each.value, ast.Tuple):
            yield each.value.elts[-1]
        elif names & WORDED - {"label"}:  # which is the code of an app
            yield each.value


def _badly_worded(call: ast.Call) -> Iterator[tuple[int, str]]:
    """Yield messages that are no literal, or whose order cannot be changed."""
    for argument in call.args[:2]:
        if isinstance(argument, ast.JoinedStr | ast.BinOp):
            yield call.lineno, f"{ast.unparse(call)} (a message is one literal)"
        text = _literal(argument) or ""
        if len(_UNNAMED.findall(text)) > 1:
            yield call.lineno, f"{text} (name what stands in it)"


def _name(node: ast.expr) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))


def _literal(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_literal(part) or "{}" for part in node.values)
    return None


def in_javascript(path: Path, root: Path) -> Iterator[Found]:
    """Yield the sentences of a script; those come from the page, translated there."""
    source = re.sub(r"(?m)(^|\s)//.*$|/\*[\s\S]*?\*/", _blank, path.read_text())
    for number, line in enumerate(source.splitlines(), start=1):
        strings = [one or other for one, other in _JS_STRING.findall(line)]
        said = [text for text in strings if _SENTENCE.match(text)]
        said += [text for text in _JS_SAID.findall(line) if WORD.search(text)]
        for text in dict.fromkeys(said):
            yield Found(str(path.relative_to(root)), number, text)


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")
