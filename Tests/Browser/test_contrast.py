"""Everything that is written can be read: WCAG 2.1, 1.4.3 (AA), measured on what the browser computed."""

import re

import pytest

from support.people import record
from support.visitor import Visitor

# Every text with its colours: 4.5 to 1, or 3 to 1 where it is large. What is disabled is exempt, and so is what is hidden.
MEASURE = """() => {
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a), a: 1 });
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const canvas = dark ? { r: 18, g: 18, b: 18, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
    return layers.reverse().reduce((below, layer) => over(layer, below), canvas);
  };
  const luminance = ({ r, g, b }) => [r, g, b].map((part) => part / 255)
    .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let count = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(":disabled, script, style")) continue;
    count += 1;
    const style = getComputedStyle(element);
    const ground = behind(element);
    const [light, dark] = [luminance(over(parse(style.color), ground)), luminance(ground)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} "${walker.currentNode.textContent.trim().slice(0, 40)}"`);
  }
  return { count, found };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(stage, chromium, scheme):
    stage.file(*[record(number) for number in range(1, 5)], record(5, cn="Person 1"))
    visitor = Visitor(chromium, color_scheme=scheme)
    desk = visitor.enter(stage.session())
    page = desk.page
    root = re.sub(r"/(actions/.*)?$", "/", page.url)

    def holds() -> None:
        measured = page.evaluate(MEASURE)
        assert measured["count"] > 10
        assert measured["found"] == [], page.url

    holds()
    desk.row("web-p2").get_by_role("link").click()
    page.get_by_text("What is known").wait_for()
    holds()
    desk.press(re.compile("Enable with this password"))
    desk.tells("Person 2", "Done")
    holds()
    for place in ("?kind=name", "people", "people?q=%28cn%3D", "done", "passwords"):
        page.goto(root + place)
        holds()
    page.goto(root + "?kind=name")
    page.get_by_role("main").get_by_role("link").first.click()
    page.get_by_text("What is known").wait_for()
    holds()
    page.goto(root + "people")
    page.get_by_role("main").get_by_role("link", name="Person 3").click()
    page.get_by_text("What is known").wait_for()
    holds()
    page.get_by_role("region", name="Chosen person").get_by_role("button", name="Import").click()
    page.get_by_label("Memberships like").fill("web-p2")
    page.get_by_role("radio", name="Person 2").wait_for()
    holds()
    page.get_by_role("button", name="Keys").click()
    holds()
    visitor.close()
