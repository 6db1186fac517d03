"""How the console looks: white on black, yellow where the hand is, red for what is wrong."""

from __future__ import annotations

from textual.theme import Theme

CONTRAST = Theme(
    name="contrast",
    primary="#ffd700",
    secondary="#ffffff",
    warning="#ffd700",
    error="#ff8080",
    success="#80ff80",
    accent="#ffd700",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    boost="#000000",
    text_alpha=1.0,
    variables={
        "footer-background": "#303030",
        "footer-foreground": "#ffffff",
        "footer-key-foreground": "#ffd700",
        "footer-description-foreground": "#ffffff",
        "block-cursor-background": "#ffd700",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#a08800",
        "block-cursor-blurred-foreground": "#000000",
        "input-cursor-background": "#ffd700",
        "input-cursor-foreground": "#000000",
    },
)

STYLES = """
* {
    scrollbar-size-vertical: 1;
    scrollbar-size-horizontal: 1;
    scrollbar-color: #a08800;
    scrollbar-background: #303030;
}
Screen {
    background: #000000;
    color: #ffffff;
}
Standing {
    height: 1;
    background: #ffffff;
    color: #000000;
    text-style: bold;
}
Standing.alarm {
    background: #d00000;
    color: #ffffff;
}
Pages {
    height: 1;
    background: #303030;
    color: #ffffff;
}
Footer {
    scrollbar-size-horizontal: 0;
}
Facts {
    height: auto;
    padding: 0 1;
}
#said {
    height: auto;
    max-height: 3;
    padding: 0 1;
    color: #80ff80;
}
#said.wrong {
    color: #ff8080;
    text-style: bold;
}
Listing {
    height: 1fr;
    background: #000000;
}
Listing > .datatable--header {
    background: #000000;
    color: #ffd700;
    text-style: bold;
}
Listing > .datatable--cursor {
    background: #ffd700;
    color: #000000;
    text-style: bold;
}
Input {
    border: none;
    height: 1;
    padding: 0 1;
    background: #303030;
    color: #ffffff;
}
Input:focus {
    background: #ffffff;
    color: #000000;
    border: none;
}
Input > .input--placeholder {
    color: #b0b0b0;
}
Input:focus > .input--placeholder {
    color: #606060;
}
Tick {
    border: none;
    background: #000000;
    padding: 0 1;
    width: 1fr;
    height: 1;
    color: #ffffff;
}
Tick > .toggle--button {
    background: #303030;
    color: #303030;
}
Tick.-on > .toggle--button {
    background: #303030;
    color: #ffd700;
}
Tick:focus {
    border: none;
    background: #000000;
}
Tick:focus > .toggle--label {
    background: #ffffff;
    color: #000000;
    text-style: none;
}
ModalScreen {
    align: center middle;
    background: #000000;
}
.box {
    width: 78;
    height: auto;
    max-height: 22;
    border: heavy #ffd700;
    padding: 0 1;
    background: #000000;
    overflow-y: auto;
}
.box > #title {
    text-style: bold;
    color: #ffd700;
    height: auto;
}
.box > #text {
    height: auto;
}
.row {
    height: 1;
    margin: 0;
}
.row > Label {
    width: 24;
}
.row > Input {
    width: 1fr;
}
#faults {
    height: auto;
    max-height: 10;
}
#fault {
    color: #ff8080;
    text-style: bold;
    height: auto;
}
.box > #work {
    height: 1;
    color: #80ff80;
}
.box > #keys {
    color: #ffd700;
    height: 1;
}
CardScreen {
    align: center top;
}
CardScreen > #line {
    width: 100%;
    height: 1;
    text-align: center;
    background: #000000;
    color: #ffffff;
}
"""
