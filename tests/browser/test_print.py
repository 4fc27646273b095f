"""A page on paper: nothing to press, nothing that would have to scroll, and all of its text."""

import io
import re

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from browsing import reader, settle
from built_site import page

pytestmark = pytest.mark.browser

# Between the margins of a sheet of A4, in CSS pixels.
PAPER = (680, 980)
CONTROLS = "button, input, select, textarea, nav, header, footer, [role=slider], [role=button]"
SEEN = """
const seen = (element) =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
  element.getClientRects().length > 0;
const name = (element) => `${element.tagName} ${element.textContent.trim().slice(0, 40)}`;
"""
SHOWN = f"""(selector) => {{
  {SEEN}
  return [...document.querySelectorAll(selector)].filter(seen).map(name);
}}"""
# What reaches beyond the paper, and boxes that hide a part of what is in them.
CUT = f"""() => {{
  {SEEN}
  const wide = document.documentElement.clientWidth + 1;
  const beyond = [...document.querySelectorAll("main :is(svg, pre, table, img)")].filter(
    (element) => {{
      const {{ left, right }} = element.getBoundingClientRect();
      return seen(element) && (left < -1 || right > wide);
    }},
  );
  const hiding = [...document.querySelectorAll("main *")].filter(
    (element) =>
      seen(element) &&
      getComputedStyle(element).overflowX !== "visible" &&
      element.clientWidth > 1 &&
      element.scrollWidth > element.clientWidth + 1,
  );
  return [...beyond, ...hiding].map(name);
}}"""


def squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def test_paper_has_no_controls_and_cuts_nothing(browser: Browser, address: str, name: str) -> None:
    with reader(browser, PAPER, "light") as context:
        sheet = context.new_page()
        sheet.goto(f"{address}/{name}.html")
        settle(sheet)
        # The same looks find the controls of the page as it is read.
        assert sheet.evaluate(SHOWN, CONTROLS) != []
        sheet.emulate_media(media="print")
        settle(sheet)
        assert sheet.evaluate(SHOWN, CONTROLS) == []
        assert sheet.evaluate(CUT) == []


def test_looks_find_what_is_cut(browser: Browser) -> None:
    with reader(browser, PAPER, "light") as context:
        sheet = context.new_page()
        sheet.set_content(
            "<main><pre style='width:900px'>a</pre>"
            "<div style='width:90px;overflow:hidden'><p style='width:99px'>b</p></div>"
            "<p>c</p></main>"
        )
        assert sheet.evaluate(CUT) == ["PRE a", "DIV b"]


def test_printed_chapter_has_its_code_and_no_buttons(browser: Browser, address: str) -> None:
    with reader(browser, PAPER, "dark") as context:
        sheet = context.new_page()
        sheet.goto(f"{address}/check-your-own.html")
        expect(sheet.get_by_role("button", name="Copy link")).to_be_visible()
        settle(sheet)
        text = "".join(
            squeezed(one.extract_text()) for one in PdfReader(io.BytesIO(sheet.pdf())).pages
        )
    codes = page("check-your-own").select("article pre")
    lines = [line for code in codes for line in code.text.split("\n")]
    assert squeezed(max(lines, key=len)) in text
    assert squeezed("context vectors are combined by") not in text
