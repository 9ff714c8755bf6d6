"""Just as much of man(7) as the man pages need. What is written here is clean under `man --warnings` and mandoc's lint."""

import re


def plain(text):
    """Text that roff takes as it is: no escapes, hyphens that can be searched for and copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("~", "\\(ti").replace("^", "\\(ha")
    return text.replace("'", "\\(aq").replace("…", "...").replace('"', "\\(dq")


def prose(text):
    """Text in which `what stands in backticks` and --options are set in bold."""
    parts = re.split(r"`([^`]+)`|(?<![\w-])(--[a-z][a-z-]+)", text)
    return "".join(plain(part) if index % 3 == 0 else bold(part) for index, part in enumerate(parts) if part)


def bold(text):
    return f"\\fB{plain(text)}\\fR"


def italic(text):
    return f"\\fI{plain(text)}\\fR"


def breakable(text, most=60):
    """Text whose longest words, keys in hexadecimal digits, may be broken."""
    return re.sub(rf"\w{{{most},}}", lambda word: "\\:".join(re.findall(r".{1,32}", word[0])), text)


def unbroken(text):
    """Words that stay on one line."""
    return text.replace(" ", "\\ ")


class Page:
    """One page: what is added to it stands in its order. A line never begins with a control character."""

    def __init__(self, folder, name, section, abstract, source, date):
        self.path = folder / f"man{section}" / f"{name}.{section}"
        self.identity = (name, section)
        self.lines = [
            f'.TH "{plain(name.upper())}" "{section}" "{date}" "{plain(source)}" "User Commands"'
            if section == 1 else f'.TH "{plain(name.upper())}" "{section}" "{date}" "{plain(source)}" "File Formats"',
            # No hyphenation, nor spaces stretched: options and paths are to be copied.
            ".nh", ".ad l",
        ]
        self._left = False
        self.section("NAME")
        self._text(f"{plain(name)} \\- {plain(abstract[0].lower() + abstract[1:].rstrip('.'))}")
        self._fresh = False

    def section(self, title):
        self.lines.append(f'.SH "{plain(title)}"')
        self._fresh = True

    def paragraph(self, text, spaced=True):
        """A paragraph in roff's notation; directly after a title or a tag, no gap."""
        if not self._fresh:
            self.lines.append(".IP" if self._inside and spaced else ".br" if self._inside else ".PP")
        self._text(text)
        self._fresh = False

    def entry(self, tag):
        """What is explained by the paragraphs that follow."""
        self._left = False
        self.lines.append(".TP")
        self._text(tag)
        self._fresh = True

    def hanging(self, words):
        """A command line whose later lines are indented below the first one's arguments."""
        self.lines.append(".HP 4")
        for word in words:
            # A full stop at the end of a line would be the end of a sentence.
            self._text(unbroken(word) + "\\&")
        self._fresh = False

    def example(self, lines):
        self.lines += [".PP", ".RS 4", ".EX"]
        for line in lines:
            self._text(plain(line))
        self.lines += [".EE", ".RE"]
        self._fresh = False

    def reference(self, name, section):
        return f"{bold(name)}({section})"

    def see_also(self, pages, files):
        self.section("SEE ALSO")
        found = sorted({page for page in pages if page != self.identity}, key=lambda page: (page[1], page[0]))
        self._text(",\n".join(self.reference(*page) for page in found))
        self._fresh = False
        for text in files:
            self.paragraph(prose(text))

    def write(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("\n".join(self.lines) + "\n", encoding="utf-8")

    @property
    def _inside(self):
        """Whether an entry is being explained."""
        for line in reversed(self.lines):
            if line == ".TP":
                return not self._left
            if line.startswith(".SH"):
                return False
        return False

    def leave(self):
        """What follows belongs to no entry any more."""
        self._left = True

    def _text(self, text):
        for line in text.split("\n"):
            self.lines.append("\\&" + line if line.startswith((".", "'")) else line)
