// One phone: its glass, keys, cradle, lamps and the keyboard while it has the focus.
import { Sound } from "./sound.js";

const LETTERS = { 2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ", 0: "+" };
const NAMES = { "*": "star", "#": "hash" };
const PATTERNS = { off: "off", on: "on", fast: "flashing", slow: "flashing slowly" };
const KEYBOARD = {
  Enter: "soft4", F1: "soft1", F2: "soft2", F3: "soft3", F4: "soft4", m: "mute", M: "mute",
  "+": "vol+", "-": "vol-", ArrowUp: "up", ArrowDown: "down",
};

// Sixteen greys as an amber panel shows them; the eye wants the middle ones darker than linear.
const AMBER = Array.from({ length: 16 }, (_, level) => {
  const light = (level / 15) ** 1.15;
  return [Math.round(255 * light), Math.round(184 * light), Math.round(77 * light)];
});

export class Phone {
  constructor(number, send, ask, { speech }) {
    this.number = number;
    this.send = send;
    this.ask = ask;
    this.lifted = false;
    this.spoken = "";
    const shape = document.getElementById("phone-template").content.cloneNode(true);
    this.element = shape.firstElementChild;
    this.element.setAttribute("aria-label", `Phone ${number}`);
    this.element.id = `phone-${number}`;
    this.find("h3").textContent = `Phone ${number}`;
    this.canvas = this.find("canvas");
    this.context = this.canvas.getContext("2d");
    this.pixels = this.context.createImageData(256, 64);
    this.live = this.find("[aria-live]");
    this.cradle = this.find(".cradle");
    this.talk = this.find(".talk");
    this.layKeys();
    this.cradle.addEventListener("click", () => this.moveHook(!this.lifted));
    this.listenToKeyboard();
    this.sound = new Sound(number);
    this.talk.addEventListener("click", () => this.toggleTalk());
    const speak = this.find(".speak");
    speak.disabled = !speech;
    speak.title = speech ? "Speaks a recording into this handset" : "Start the desk with --speech";
    speak.addEventListener("click", () => this.complain(ask("POST", `api/phones/${number}/speak`)));
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  layKeys() {
    const soft = this.find(".softkeys");
    for (let n = 1; n <= 4; n++) soft.append(this.makeKey(`soft${n}`, `Soft key ${n}`));
    const pad = this.find(".keypad");
    for (const key of "123456789*0#") {
      const button = this.makeKey(key, [NAMES[key] ?? key, LETTERS[key]].filter(Boolean).join(" "));
      const letters = document.createElement("small");
      letters.textContent = LETTERS[key] ?? "";
      button.append(key, letters);
      pad.append(button);
    }
    for (const button of this.element.querySelectorAll("[data-key]")) this.wire(button);
    // Inside a phone the keyboard is the keypad, so that Tab goes from phone to phone.
    for (const button of this.element.querySelectorAll("button:not(.plain)")) button.tabIndex = -1;
  }

  makeKey(key, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "key";
    button.dataset.key = key;
    button.setAttribute("aria-label", label);
    return button;
  }

  wire(button) {
    const key = button.dataset.key;
    let held = false;
    const move = (down) => {
      if (held === down) return;
      held = down;
      button.classList.toggle("down", down);
      this.send({ phone: this.number, key, down });
    };
    button.addEventListener("pointerdown", (event) => {
      if (event.button === 0) {
        button.setPointerCapture(event.pointerId);
        this.element.focus({ preventScroll: true });
        event.preventDefault();
        move(true);
      }
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) button.addEventListener(end, () => move(false));
    // A click without a pointer comes from an assistive device.
    button.addEventListener("click", (event) => {
      if (event.detail === 0) {
        move(true);
        move(false);
      }
    });
  }

  listenToKeyboard() {
    const held = new Map();
    this.element.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest(".plain")) return;
      if (event.key === "Tab" && !event.shiftKey && event.target === this.element) this.passOn(event);
      const key = /^[0-9*#]$/.test(event.key) ? event.key : KEYBOARD[event.key];
      if (event.key === " ") {
        event.preventDefault();
        if (!event.repeat) this.moveHook(!this.lifted);
      } else if (key) {
        event.preventDefault();
        if (!event.repeat) this.byKeyboard(held, event.code, key, true);
      }
    });
    const release = (code) => held.has(code) && this.byKeyboard(held, code, held.get(code), false);
    this.element.addEventListener("keyup", (event) => release(event.code));
    window.addEventListener("blur", () => [...held.keys()].forEach(release));
  }

  // From phone to phone first; from the last one on, Tab goes through the rest of the page as always.
  passOn(event) {
    const next = this.element.nextElementSibling;
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  byKeyboard(held, code, key, down) {
    if (down) held.set(code, key);
    else held.delete(code);
    this.find(`[data-key="${CSS.escape(key)}"]`)?.classList.toggle("down", down);
    this.send({ phone: this.number, key, down });
  }

  moveHook(lifted) {
    this.send({ phone: this.number, lifted });
  }

  take(news) {
    if (news.connected !== undefined) this.find(".off").hidden = news.connected;
    if (news.frame !== undefined) this.draw(news.frame, news.text);
    if (news.contrast !== undefined) this.canvas.style.opacity = 0.45 + (0.55 * news.contrast) / 255;
    if (news.lifted !== undefined) this.showHook(news.lifted);
    if (news.lamp !== undefined) this.showLamp(news.lamp, news.pattern);
  }

  draw(base64, text) {
    const packed = atob(base64);
    const data = this.pixels.data;
    for (let i = 0; i < packed.length; i++) {
      const octet = packed.charCodeAt(i);
      data.set(AMBER[octet >> 4], i * 8);
      data.set(AMBER[octet & 15], i * 8 + 4);
      data[i * 8 + 3] = data[i * 8 + 7] = 255;
    }
    this.context.putImageData(this.pixels, 0, 0);
    const said = text.filter(Boolean).join(". ");
    this.canvas.setAttribute("aria-label", said || "The display is dark");
    // A running clock is not news.
    const news = said.replace(/\b\d{1,2}:\d\d(:\d\d)?\b/g, "");
    if (news !== this.spoken) {
      this.spoken = news;
      this.live.textContent = said;
    }
  }

  showHook(lifted) {
    this.lifted = lifted;
    this.cradle.setAttribute("aria-pressed", String(lifted));
    this.cradle.setAttribute("aria-label", lifted ? "Handset: lifted. Hang up" : "Handset: on the cradle. Lift");
    this.find(".word").textContent = lifted ? "Hang up" : "Lift";
  }

  showLamp(lamp, pattern) {
    for (const light of this.element.querySelectorAll(`[data-lamp=${lamp}]`)) {
      light.dataset.pattern = pattern;
      light.title = `${lamp} lamp: ${PATTERNS[pattern]}`;
    }
    if (lamp === "ring") this.element.classList.toggle("ringing", pattern === "fast");
    if (lamp === "mute") this.find(".mute").setAttribute("aria-label", pattern === "off" ? "Mute" : "Mute, on");
  }

  async toggleTalk() {
    const on = !this.sound.on;
    this.talk.setAttribute("aria-pressed", String(on));
    try {
      await (on ? this.sound.start() : this.sound.stop());
      this.talk.title = this.sound.microphone ? "" : on ? "No microphone: you hear, but are not heard" : "";
    } catch (error) {
      this.talk.setAttribute("aria-pressed", "false");
      this.talk.title = error.message;
    }
    this.talk.textContent = this.sound.on ? (this.sound.microphone ? "Talking here" : "Listening here") : "Talk here";
  }

  async complain(promise) {
    try {
      await promise;
    } catch (error) {
      this.live.textContent = error.message;
      this.find(".speak").title = error.message;
    }
  }
}
