"""A Firefox for tests, spoken to in WebDriver BiDi: a stock one listens to it without a driver."""

import base64
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import websocket

from browsing import DESKTOP, PATIENCE

NAMES = ("firefox-esr", "firefox")
SECONDS = PATIENCE / 1000
LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
# No window of its own accord, no call home.
SETTINGS = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.prefs.recommended": True,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,
}
KEYS = {"ArrowLeft": "\ue012", "ArrowRight": "\ue014", "ArrowUp": "\ue013", "Tab": "\ue004",
        "Enter": "\ue007"}  # fmt: skip


class FirefoxError(RuntimeError):
    """Firefox refused what it was asked for, or gave no answer in time."""


def find_firefox() -> str | None:
    """Return the path of a Firefox: ``FIREFOX``, or the first known name on the PATH."""
    given = os.environ.get("FIREFOX")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Firefox:
    """A running Firefox, and what it has told since."""

    line: websocket.WebSocket
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    said: list[str] = field(default_factory=list)
    listeners: list[Callable[[str, dict[str, Any]], None]] = field(default_factory=list)

    def send(self, method: str, **given: Any) -> int:
        """Ask for something without waiting for the answer."""
        number = next(self.numbers)
        self.line.send(json.dumps({"id": number, "method": method, "params": given}))
        return number

    def ask(self, method: str, **given: Any) -> Any:
        """Ask for something and return the answer; what happens meanwhile is heard."""
        number = self.send(method, **given)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            message = self.hear()
            if message.get("id") == number:
                if message["type"] == "error":
                    raise FirefoxError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]
        raise FirefoxError(f"{method}: no answer in {SECONDS:.0f} s")

    def hear(self) -> dict[str, Any]:
        """Take the next message; listeners are told of what is no answer."""
        try:
            message: dict[str, Any] = json.loads(self.line.recv())
        except websocket.WebSocketTimeoutException as late:
            raise FirefoxError(f"silent for {SECONDS:.0f} s") from late
        if message["type"] == "event":
            for listener in self.listeners:
                listener(message["method"], message["params"])
        return message


@dataclass
class Tab:
    """One page, used as a reader would."""

    firefox: Firefox
    context: str
    said: list[str]

    def open(self, url: str) -> None:
        """Go to an address; done when the page has loaded."""
        self.firefox.ask("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def run(self, expression: str) -> Any:
        """Return what a script gives, as JSON knows it; a promise is waited for."""
        late = f"new Promise((_, no) => setTimeout(() => no('too late'), {PATIENCE}))"
        done = f"Promise.race([(async () => ({expression}))(), {late}])"
        answer = self.firefox.ask(
            "script.evaluate", expression=f"{done}.then((it) => JSON.stringify(it) ?? 'null')",
            target={"context": self.context}, awaitPromise=True,
        )  # fmt: skip
        if answer["type"] != "success":
            raise FirefoxError(f"{expression}: {answer['exceptionDetails']['text']}")
        return json.loads(answer["result"]["value"])

    def until(self, expression: str) -> Any:
        """Wait until a script gives something true; return that."""
        given_up = time.monotonic() + SECONDS
        while time.monotonic() < given_up:
            found = self.run(expression)
            if found:
                return found
            time.sleep(0.1)
        raise FirefoxError(f"never true: {expression}")

    def settle(self) -> None:
        """Wait for fonts and explorables, and lay everything out."""
        self.run(
            """(async () => {
              await document.fonts.ready;
              const names = [...document.querySelectorAll(".wg-explorable > *")]
                .map((one) => one.localName).filter((one) => one.startsWith("wg-"));
              if (location.protocol !== "file:") {
                await Promise.all(names.map((one) => customElements.whenDefined(one)));
              }
              dispatchEvent(new KeyboardEvent("keydown"));
              const style = document.createElement("style");
              style.textContent = "*{content-visibility:visible!important}";
              document.head.append(style);
              for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
              return true;
            })()"""
        )

    def click(self, selector: str) -> None:
        """Press what a selector names, as a pointer does."""
        place = self.run(
            f"""(() => {{ const one = document.querySelector({json.dumps(selector)});
              one.scrollIntoView({{ block: "center", behavior: "instant" }});
              const box = one.getBoundingClientRect();
              return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
            }})()"""
        )
        moves = [
            {"type": "pointerMove", "x": place[0], "y": place[1]},
            {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0},
        ]  # fmt: skip
        self._act({"type": "pointer", "id": "mouse", "actions": moves})

    def press(self, *names: str) -> None:
        """Press keys, one after the other."""
        strokes = [
            {"type": kind, "value": KEYS.get(name, name)}
            for name in names for kind in ("keyDown", "keyUp")
        ]  # fmt: skip
        self._act({"type": "key", "id": "keys", "actions": strokes})

    def _act(self, actions: dict[str, Any]) -> None:
        self.firefox.ask("input.performActions", context=self.context, actions=[actions])

    def picture(self, path: Path) -> None:
        """Save what is to be seen."""
        answer = self.firefox.ask("browsingContext.captureScreenshot", context=self.context)
        path.write_bytes(base64.b64decode(answer["data"]))

    def close(self) -> None:
        """Close the page."""
        self.firefox.ask("browsingContext.close", context=self.context)


@contextmanager
def firefox(path: str) -> Iterator[Firefox]:
    """Start the Firefox at ``path`` with a profile of its own, and stop it at the end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in SETTINGS.items())
        Path(profile, "user.js").write_text("\n".join(lines))
        told = Path(profile, "told.txt")
        command = [path, "--headless", "--no-remote", "--profile", profile]
        with told.open("w") as output:
            process = subprocess.Popen(
                [*command, "--remote-debugging-port=0"], stdout=output, stderr=output,
                env={**os.environ, "HOME": profile},
            )  # fmt: skip
        try:
            line = websocket.create_connection(
                f"{_address(process, told)}/session", timeout=SECONDS, suppress_origin=True
            )
            running = Firefox(line)
            running.ask("session.new", capabilities={})
            yield running
            line.close()
        finally:
            process.terminate()
            process.wait(SECONDS)


def _address(process: "subprocess.Popen[bytes]", told: Path) -> str:
    """Where it listens, as it tells when it is ready."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        found = LISTENS.search(told.read_text(errors="replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise FirefoxError(f"it does not listen; it told: {told.read_text(errors='replace')[-500:]}")


@contextmanager
def open_tab(running: Firefox, size: tuple[int, int] = DESKTOP) -> Iterator[Tab]:
    """A fresh reader's page; everything said on its console is noted."""
    user = running.ask("browser.createUserContext")["userContext"]
    context = running.ask("browsingContext.create", type="tab", userContext=user)["context"]
    said: list[str] = []

    def listen(method: str, given: dict[str, Any]) -> None:
        if method == "log.entryAdded" and given["source"].get("context") == context:
            said.append(f"{given['level']}: {given['text']}")

    running.listeners.append(listen)
    running.ask("session.subscribe", events=["log.entryAdded"])
    tab = Tab(running, context, said)
    width, height = size
    running.ask(
        "browsingContext.setViewport", context=context, viewport={"width": width, "height": height}
    )
    try:
        yield tab
    finally:
        running.listeners.remove(listen)
        tab.close()
        running.ask("browser.removeUserContext", userContext=user)
