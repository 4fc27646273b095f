"""Explorables as readers use them: by keys, by pointer, on a phone, with numbers that are right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page

import wordgrad
from browsing import DESKTOP, PATIENCE, in_time, reader, serve, settle
from built_site import SITE
from test_accessibility import FINDINGS, RULES, axe

pytestmark = pytest.mark.browser

__all__ = ["axe"]  # a fixture

SMALL_PHONE = (360, 780)
PAGES = {
    "sigmoid": "sigmoid",
    "softmax": "softmax",
    "naive-step": "naive-softmax",
    "negative-step": "negative-sampling",
    "gradient-check": "gradient-checking",
    "sgns": "what-vectors-learn",
}
FINGER = 44  # CSS pixels
RATE = 0.2  # of both steps


class Shown:
    """An explorable on a page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.element = page.locator(f"wg-{name}")

    @property
    def state(self) -> Any:
        """What it computes from, and what it has computed."""
        return self.element.evaluate("element => element.state")

    @property
    def readout(self) -> str:
        """The numbers that it shows, after the next frame."""
        self.frames()
        return self.element.locator(".wg-x-readout").inner_text()

    def frames(self) -> None:
        """Wait until everything asked for is drawn."""
        in_time(
            self.page,
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))",
        )

    def handle(self, label: str) -> Locator:
        return self.element.get_by_role("slider", name=label)

    def press(self, button: str) -> None:
        self.element.get_by_role("button", name=button, exact=True).click()


@contextmanager
def show(
    browser: Browser, address: str, name: str,
    size: tuple[int, int] = DESKTOP, theme: str = "light", **settings: Any,
) -> Iterator[Shown]:  # fmt: skip
    """Open the page of an explorable and go there; in the end nothing was said on the console."""
    said: list[str] = []
    with reader(browser, size, theme) as context:
        page = context.new_page()
        if settings:
            page.emulate_media(**settings)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{address}/{PAGES[name]}.html")
        settle(page)
        shown = Shown(page, name)
        shown.element.scroll_into_view_if_needed()
        shown.frames()
        yield shown
        assert said == []


def pair(state: Any) -> tuple[Any, ...]:
    return np.array(state["center"]), state["outsideIdx"], np.array(state["outside"])


def assert_close(shown: Any, right: Any) -> None:
    """The page's numbers are those of the package."""
    np.testing.assert_allclose(shown, right, rtol=0, atol=1e-9)


def minus(x: float) -> str:
    """A number as the page writes it, with four digits."""
    return f"{x:.4f}".replace("-", "−")


def test_explorable_waits_until_a_reader_is_near(browser: Browser, address: str) -> None:
    live = "() => document.querySelector('wg-sgns').classList.contains('wg-live')"
    with reader(browser, DESKTOP, "light") as context:
        page = context.new_page()
        page.goto(f"{address}/{PAGES['sgns']}.html")
        in_time(page, "() => customElements.whenDefined('wg-sgns').then(() => true)")
        assert not page.evaluate(live)
        page.locator("figure.wg-explorable").scroll_into_view_if_needed()
        page.wait_for_function(live)
        page.reload()
        in_time(page, "() => customElements.whenDefined('wg-sgns').then(() => true)")
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        page.keyboard.press("Tab")
        page.wait_for_function(live)


def test_sigmoid_moves_by_keys(browser: Browser, address: str) -> None:
    with show(browser, address, "sigmoid") as shown:
        point = shown.handle("score x")
        point.focus()
        before = shown.state["x"]
        for key, change in [("ArrowRight", 0.1), ("ArrowUp", 0.1), ("ArrowLeft", -0.1),
                            ("Shift+ArrowRight", 1), ("Shift+ArrowDown", -1)]:  # fmt: skip
            point.press(key)
            assert shown.state["x"] == pytest.approx(before + change)
            before = shown.state["x"]
        for key, flat in [("Home", True), ("End", True), ("Shift+ArrowLeft", False)]:
            point.press(key)
            for _ in range(0 if flat else 5):
                point.press("Shift+ArrowLeft")
            state = shown.state
            sigma = wordgrad.sigmoid(state["x"])
            slope = sigma * wordgrad.sigmoid(-state["x"])
            assert_close([state["value"], state["slope"]], [sigma, slope])
            assert f"σ(x) = {minus(sigma)}" in shown.readout
            assert f"σ′(x) = {minus(slope)}" in shown.readout
            assert ("flat" in shown.readout) == flat
            assert float(point.get_attribute("aria-valuenow") or "nan") == state["x"]
            assert minus(sigma) in (point.get_attribute("aria-valuetext") or "")


def test_sigmoid_follows_the_pointer(browser: Browser, address: str) -> None:
    with show(browser, address, "sigmoid") as shown:
        before = shown.state["x"]
        drag(shown, shown.handle("score x"), -80, 10)
        wide = shown.element.locator("svg.wg-x-picture").bounding_box()
        assert wide
        assert shown.state["x"] == pytest.approx(
            before - 80 * 360 / wide["width"] * 9 / 170, abs=0.1
        )


def drag(shown: Shown, handle: Locator, right: float, down: float) -> None:
    box = handle.locator(".wg-x-hit").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = shown.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + right, y + down, steps=4)
    mouse.up()
    mouse.move(x, y)  # let go: nothing may follow any more
    shown.frames()


@contextmanager
def touching(
    browser: Browser, address: str, name: str
) -> Iterator[tuple[Shown, Callable[[Locator, float, float], None]]]:
    """An explorable on a phone, and a finger that drags a handle by (right, down) pixels."""
    with browser.new_context(
        viewport={"width": 360, "height": 780},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    ) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{address}/{PAGES[name]}.html")
        settle(page)
        shown = Shown(page, name)
        shown.element.evaluate("e => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
        shown.frames()
        touch = context.new_cdp_session(page)

        def swipe(handle: Locator, right: float, down: float) -> None:
            box = handle.locator(".wg-x-hit").bounding_box()
            assert box
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            top = "element => element.getBoundingClientRect().top"  # of what is under the finger
            stood = shown.element.evaluate(top)
            for kind, far in [("touchStart", 0), *(("touchMove", part / 3) for part in (1, 2, 3))]:
                point = {"x": x + far * right, "y": y + far * down}
                touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
                shown.frames()
            touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
            shown.frames()
            assert shown.element.evaluate(top) == pytest.approx(stood, abs=1)

        yield shown, swipe


def test_finger_drags_the_point_and_not_the_page(browser: Browser, address: str) -> None:
    with touching(browser, address, "naive-step") as (shown, swipe):
        before = shown.state["outside"]
        swipe(shown.handle("u of hot"), 0, 60)
        assert np.subtract(shown.state["outside"], before)[1][1] < -1


def test_numbers_are_told_once_the_moving_has_paused(browser: Browser, address: str) -> None:
    with show(browser, address, "sigmoid") as shown:
        status = shown.element.get_by_role("status")
        assert status.inner_text() == ""
        shown.handle("score x").press("ArrowRight")
        shown.page.wait_for_function(
            "element => element.status.textContent && "
            "element.status.textContent === element.readout.textContent",
            arg=shown.element.element_handle(),
        )


def test_softmax_is_right_at_every_setting(browser: Browser, address: str) -> None:
    with show(browser, address, "softmax") as shown:
        for label, key in [("score θ₁", "ArrowLeft"), ("score θ₂", "End"), ("score θ₃", "PageUp"),
                           ("temperature τ", "Home"), ("temperature τ", "End")]:  # fmt: skip
            before = shown.state
            shown.handle(label).press(key)
            state = shown.state
            assert state != before
            right = wordgrad.softmax(np.array(state["scores"]) / state["temperature"])
            assert_close(state["probs"], right)
            assert ", ".join(map(minus, right)) in shown.readout


def shares(state: Any) -> Any:
    """The probabilities of the scores that are shown, which are multiples of the sliders' step."""
    scores = np.array(state["scores"])
    np.testing.assert_allclose(scores * 10, np.round(scores * 10), rtol=0, atol=1e-9)
    assert np.all(np.abs(scores) <= 4)
    right = wordgrad.softmax(scores / state["temperature"])
    assert_close(state["probs"], right)
    return right


def test_softmax_point_follows_the_pointer(browser: Browser, address: str) -> None:
    with show(browser, address, "softmax") as shown:
        point = shown.handle("point of probabilities")
        before = shares(shown.state)
        drag(shown, point, 60, 10)
        right = shares(shown.state)
        assert right[2] > before[2] + 0.1
        assert right[0] < before[0] - 0.05
        drag(shown, point, 0, -500)  # out of the triangle: as far as the scores go
        assert shares(shown.state)[0] > 0.97
        assert ", ".join(map(minus, shares(shown.state))) in shown.readout
        for name, value in zip("₁₂₃", shown.state["scores"], strict=True):
            assert float(shown.handle(f"score θ{name}").input_value()) == pytest.approx(value)


def test_softmax_point_moves_by_keys(browser: Browser, address: str) -> None:
    with show(browser, address, "softmax") as shown:
        point = shown.handle("point of probabilities")
        for key, change in [("ArrowUp", [0.1, 0, 0]), ("ArrowRight", [0, -0.1, 0.1]),
                            ("Shift+ArrowLeft", [0, 1, -1]), ("PageDown", [-1, 0, 0])]:  # fmt: skip
            before = shown.state["scores"]
            point.press(key)
            assert_close(np.subtract(shown.state["scores"], before), change)
            said = [f"{share:.3f}" for share in shares(shown.state)]
            shown.frames()
            assert point.get_attribute("aria-valuetext") == f"at {', '.join(said)}"
        for key, scores in [("Home", [4, -4]), ("End", [-4, 4])]:
            point.press(key)
            assert_close(shown.state["scores"][1:], scores)
            assert shares(shown.state)[1:].max() > 0.8


def test_finger_drags_the_softmax_point(browser: Browser, address: str) -> None:
    with touching(browser, address, "softmax") as (shown, swipe):
        before = shares(shown.state)
        swipe(shown.handle("point of probabilities"), 45, 0)
        assert shares(shown.state)[2] > before[2] + 0.1


@pytest.mark.parametrize("wg", ["naive-step", "negative-step"])
def test_vectors_are_dragged_and_moved_by_keys(browser: Browser, address: str, wg: str) -> None:
    with show(browser, address, wg) as shown:
        start = shown.state
        drag(shown, shown.handle("u of hot"), -40, 30)
        dragged = shown.state
        (w,) = np.flatnonzero(np.any(np.array(dragged["outside"]) != start["outside"], axis=1))
        assert dragged["outside"][w][0] < start["outside"][w][0] - 0.3
        assert dragged["outside"][w][1] < start["outside"][w][1] - 0.3
        shown.handle("v of tea").press("ArrowUp")
        shown.handle("v of tea").press("Shift+ArrowRight")
        change = np.subtract(shown.state["center"], dragged["center"])
        assert_close(change, [0.5, 0.05])
        shown.press("Reset")
        assert shown.state == start


def test_naive_step_is_right_and_lowers_the_loss(browser: Browser, address: str) -> None:
    with show(browser, address, "naive-step") as shown:
        losses = []
        for _ in range(6):
            state = shown.state
            loss, center, outside = wordgrad.naive_softmax_loss_and_gradients(*pair(state))
            probs = wordgrad.softmax(pair(state)[2] @ pair(state)[0])
            assert_close(state["loss"], loss)
            assert_close(state["gradCenter"], center)
            assert_close(state["gradOutside"], outside)
            assert_close(state["probs"], probs)
            assert f"loss J = {minus(loss)}" in shown.readout
            losses.append(loss)
            shown.press("Take a step")
            after = shown.state
            assert_close(after["center"], state["center"] - RATE * center)
            assert_close(after["outside"], state["outside"] - RATE * outside)
        assert np.all(np.diff(losses) < 0)


def test_negative_step_is_right_also_for_repeats(browser: Browser, address: str) -> None:
    with show(browser, address, "negative-step") as shown:
        choices = shown.element.get_by_role("group", name="How often").get_by_role("button")
        met = set()
        for word in (0, 0, 1, 2, 2, 3, 3, 3):
            choices.nth(word).click()
            state = shown.state
            counts = np.bincount(state["negatives"], minlength=4)
            met |= {(word, n) for word, n in enumerate(counts)}
            assert [f"×{n}" for n in counts] == [t.split()[1] for t in choices.all_inner_texts()]
            vec, o, vecs = pair(state)
            loss, center, outside = wordgrad.negative_sampling_loss_and_gradients(
                vec, o, vecs, np.array(state["negatives"])
            )
            assert_close(state["loss"], loss)
            assert_close(state["gradCenter"], center)
            assert_close(state["gradOutside"], outside)
            assert_close(state["probs"], wordgrad.sigmoid(vecs @ vec))
            assert f"loss J = {minus(loss)}" in shown.readout
        assert {(0, 2), (2, 3), (3, 0)} <= met  # the outside word, a repeat, a word left out
        shown.press("Take a step")
        assert shown.state["loss"] < state["loss"]


def test_negatives_are_drawn_anew(browser: Browser, address: str) -> None:
    with show(browser, address, "negative-step") as shown:
        shown.handle("negatives K").press("End")
        drawn = [shown.state["negatives"]]
        for _ in range(3):
            shown.press("Draw again")
            drawn.append(shown.state["negatives"])
        assert {len(each) for each in drawn} == {8}
        assert len(set(map(tuple, drawn))) > 1
        assert all(len(set(each)) < 8 for each in drawn)  # four words: some are repeated


def test_gradient_check_is_right(browser: Browser, address: str) -> None:
    with show(browser, address, "gradient-check") as shown:
        grip = shown.handle("step h")
        for key, _ in [("ArrowRight", 0), ("Shift+ArrowRight", 1), ("Shift+ArrowLeft", 2)]:
            shown.press("Another point")
            grip.press(key)
            state = shown.state
            scores, h, j = np.array(state["scores"]), state["h"], state["coordinate"]
            target = np.eye(len(scores))[state["outsideIdx"]]
            moved = h * np.eye(len(scores))[j]
            ahead, behind = (wordgrad.cross_entropy(target, scores + s) for s in (moved, -moved))
            exact = wordgrad.softmax(scores) - target
            assert_close(state["exact"], exact[j])
            assert_close(state["central"], (ahead - behind) / (2 * h))
            error = abs(state["central"] - state["exact"]) / abs(exact).max()
            assert_close(state["centralError"], error)
            bent = wordgrad.cross_entropy(target, scores + 1j * moved).imag / h
            assert_close(state["complex"], bent)
            assert "central difference off by" in shown.readout


def test_tiny_step_ruins_the_difference_alone(browser: Browser, address: str) -> None:
    with show(browser, address, "gradient-check") as shown:
        shown.handle("step h").press("Home")
        state = shown.state
        assert state["h"] == pytest.approx(1e-16)
        assert state["centralError"] > 1e-3
        assert state["complexError"] < 1e-14


def test_sgns_trains_on_the_right_gradients(browser: Browser, address: str) -> None:
    with show(browser, address, "sgns") as shown:
        before = shown.state
        # With this chance every draw is the same pair, so each negative is the outside word.
        c, o = shown.element.evaluate(
            "e => { e.chance = () => 0.3; return e.pairs[0.3 * e.pairs.length]; }"
        )
        shown.element.evaluate("e => e.train(1)")
        after = shown.state
        _, center, outside = wordgrad.negative_sampling_loss_and_gradients(
            np.array(before["center"][c]), o, np.array(before["outside"]),
            np.full(before["negatives"], o),
        )  # fmt: skip
        assert_close(after["center"][c], before["center"][c] - RATE * center)
        assert_close(after["outside"], before["outside"] - RATE * outside)
        assert after["seen"] == 1


def test_sgns_finds_the_line_the_same_way_each_time(browser: Browser, address: str) -> None:
    with show(browser, address, "sgns") as shown:
        start = shown.state
        counts = np.array(start["counts"])
        joint = counts / counts.sum()
        pmi = np.log(joint / np.outer(joint.sum(axis=1), joint.sum(axis=0)))
        assert_close(start["pmi"], pmi)
        for negatives in (1, 3):
            shown.handle("negatives K").press("Home")
            for _ in range(negatives - 1):
                shown.handle("negatives K").press("ArrowRight")
            shown.press("Step")
            shown.press("Step")
            first = shown.state
            shown.press("Reset")
            assert shown.state["seen"] == 0
            shown.press("Step")
            shown.press("Step")
            assert shown.state == first
            shown.element.evaluate("e => { e.train(20000); e.update(); }")
            state = shown.state
            assert state["negatives"] == negatives
            scores = np.array(state["center"]) @ np.array(state["outside"]).T
            off = np.sqrt((joint * (scores - pmi + np.log(negatives)) ** 2).sum())
            assert_close(state["distance"], off)
            assert f"{off:.3f}" in shown.readout
            assert off < first["distance"] / 1.5


def test_nothing_moves_unless_asked(browser: Browser, address: str) -> None:
    with show(browser, address, "sgns", reduced_motion="no-preference") as shown:
        shown.page.wait_for_timeout(300)
        assert shown.state["seen"] == 0
        shown.press("Play")
        shown.page.wait_for_function("() => document.querySelector('wg-sgns').seen > 200")
        shown.press("Pause")
        seen = shown.state["seen"]
        shown.page.wait_for_timeout(200)
        assert shown.state["seen"] == seen


def test_training_rests_out_of_sight(browser: Browser, address: str) -> None:
    with show(browser, address, "sgns", reduced_motion="no-preference") as shown:
        shown.press("Play")
        shown.page.wait_for_function("() => document.querySelector('wg-sgns').seen > 0")
        shown.page.evaluate("document.documentElement.scrollTo({top: 0, behavior: 'instant'})")
        shown.page.wait_for_function("() => !document.querySelector('wg-sgns').running")
        seen = shown.state["seen"]
        shown.page.wait_for_timeout(200)
        assert shown.state["seen"] == seen
        shown.element.scroll_into_view_if_needed()
        shown.page.wait_for_function(f"() => document.querySelector('wg-sgns').seen > {seen}")


def test_less_motion_means_few_pictures(browser: Browser, address: str) -> None:
    with show(browser, address, "sgns") as shown:
        shown.element.evaluate(
            """e => {
                 e.drawn = []; // the times of the frames, which a busy machine does not move
                 const draw = e.draw;
                 e.draw = () => { e.drawn.push(document.timeline.currentTime); draw.call(e); };
               }"""
        )
        shown.press("Play")
        shown.page.wait_for_function("() => document.querySelector('wg-sgns').drawn.length > 2")
        times = shown.element.evaluate("e => e.drawn")
        assert np.diff(times)[1:].min() > 990


@pytest.mark.parametrize("wg", PAGES)
@pytest.mark.parametrize("size", [SMALL_PHONE, DESKTOP], ids=["phone", "desktop"])
def test_fits_and_fingers_can_hold_it(
    browser: Browser, address: str, wg: str, size: tuple[int, int]
) -> None:
    with show(browser, address, wg, size) as shown:
        assert shown.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        targets = shown.element.locator(".wg-x-hit, button, input")
        boxes = [box for one in targets.all() if (box := one.bounding_box())]
        assert boxes
        for box in boxes:
            assert box["width"] >= FINGER - 0.01
            assert box["height"] >= FINGER - 0.01
        assert not shown.element.locator(".wg-fallback").is_visible()


@pytest.mark.parametrize("wg", PAGES)
@pytest.mark.parametrize("size", [SMALL_PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_below_is_pushed_down(
    browser: Browser, address: str, wg: str, size: tuple[int, int]
) -> None:
    height = "document.querySelector('figure.wg-explorable').getBoundingClientRect().height"
    with show(browser, address, wg, size) as shown:
        live = shown.page.evaluate(height)
    with reader(browser, size, "light") as context:
        page = context.new_page()
        page.route("**/explorables/**/*.js", lambda route: route.abort())
        page.goto(f"{address}/{PAGES[wg]}.html")
        settle(page, explorables=False)
        assert page.locator(".wg-fallback").is_visible()
        assert page.evaluate(height) == pytest.approx(live, abs=1)


@pytest.mark.parametrize("wg", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, wg: str, theme: str, axe: str) -> None:
    with show(browser, address, wg, DESKTOP, theme) as shown:
        shown.element.locator("[role=slider], input").first.press("ArrowLeft")
        shown.frames()
        shown.page.evaluate(axe)
        assert in_time(shown.page, FINDINGS, RULES) == []


@pytest.mark.parametrize("wg", PAGES)
def test_words_stand_in_on_paper(browser: Browser, address: str, wg: str) -> None:
    with show(browser, address, wg) as shown:
        shown.page.emulate_media(media="print")
        assert shown.element.locator(".wg-fallback").is_visible()
        assert not shown.element.locator("svg.wg-x-picture").is_visible()


def test_works_below_a_folder(browser: Browser) -> None:
    with serve(SITE.parent) as url, show(browser, f"{url}/{SITE.name}", "naive-step") as shown:
        assert shown.state["loss"] > 0
