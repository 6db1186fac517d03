// One phone: its glass, keys, cradle and lamps, and the browser as its handset.
import { Sound } from "./sound.js";
import { Announcer, softLabels, spoken } from "./words.js";

const LETTERS = { 2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ", 0: "+" };
const NAMES = { "*": "star", "#": "hash" };
const PATTERNS = { off: "off", on: "on", fast: "flashing", slow: "flashing slowly", breathe: "glowing" };

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
    this.lamps = {};
    const shape = document.getElementById("phone-template").content.cloneNode(true);
    this.element = shape.firstElementChild;
    this.element.id = `phone-${number}`;
    this.element.setAttribute("aria-label", `Phone ${number}`);
    this.find("h3").textContent = `Phone ${number}`;
    this.canvas = this.find("canvas");
    this.context = this.canvas.getContext("2d");
    this.pixels = this.context.createImageData(256, 64);
    this.announcer = new Announcer(this.find("[aria-live]"));
    this.cradle = this.find(".cradle");
    this.cradle.addEventListener("click", () => this.moveHook(!this.lifted));
    this.cradle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.element.focus({ preventScroll: true });
    });
    this.layKeys();
    this.layTalk(speech);
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  layKeys() {
    const soft = this.find(".softkeys");
    for (let n = 1; n <= 4; n++) soft.append(makeKey(`soft${n}`, `Soft key ${n}`));
    const pad = this.find(".keypad");
    for (const key of "123456789*0#") {
      const button = makeKey(key, [NAMES[key] ?? key, LETTERS[key]].filter(Boolean).join(" "));
      const letters = document.createElement("small");
      letters.textContent = LETTERS[key] ?? "";
      button.append(key, letters);
      pad.append(button);
    }
    for (const button of this.element.querySelectorAll("[data-key]")) this.wire(button);
    // Inside a phone the keyboard is the keypad, so that Tab goes past the keys.
    for (const button of this.element.querySelectorAll(".key, .cradle")) button.tabIndex = -1;
  }

  wire(button) {
    const key = button.dataset.key;
    let pressed = false;
    let sticks = false;
    button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.element.focus({ preventScroll: true });
      button.setPointerCapture(event.pointerId);
      [pressed, sticks] = [true, event.shiftKey && !button.classList.contains("down")];
      this.key(key, true);
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      button.addEventListener(end, () => {
        if (!pressed) return;
        pressed = false;
        // With Shift a key stays down until its next click: a chord takes two fingers, a mouse is one.
        button.classList.toggle("stuck", sticks);
        if (!sticks) this.key(key, false);
      });
    // A click without a pointer comes from an assistive device.
    button.addEventListener("click", (event) => {
      if (event.detail !== 0) return;
      this.key(key, true);
      this.key(key, false);
    });
  }

  key(key, down) {
    const button = this.find(`[data-key="${CSS.escape(key)}"]`);
    if (button.classList.contains("down") === down) return;
    button.classList.toggle("down", down);
    this.send({ phone: this.number, key, down });
  }

  moveHook(lifted) {
    this.send({ phone: this.number, lifted });
  }

  take(news) {
    if (news.connected !== undefined) this.showPower(news.connected);
    if (news.frame !== undefined) this.draw(news.frame, news.text);
    if (news.contrast !== undefined) this.canvas.style.opacity = news.contrast ? 0.55 + (0.45 * news.contrast) / 255 : 0;
    if (news.lifted !== undefined) this.showHook(news.lifted);
    if (news.lamp !== undefined) this.showLamp(news.lamp, news.pattern);
  }

  showPower(on) {
    this.find(".off").hidden = on;
    if (!on) for (const lamp of ["ring", "message", "mute", "microphone"]) this.showLamp(lamp, "off");
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
    const said = spoken(text);
    this.canvas.setAttribute("aria-label", said || "The display is dark");
    this.announcer.say(said && `Phone ${this.number}: ${said}`);
    softLabels(text).forEach((label, n) => {
      this.find(`[data-key=soft${n + 1}]`).setAttribute("aria-label", `Soft key ${n + 1}${label && `: ${label}`}`);
    });
  }

  showHook(lifted) {
    this.lifted = lifted;
    this.cradle.setAttribute("aria-pressed", String(lifted));
    this.cradle.setAttribute("aria-label", lifted ? "Hang up: the handset is lifted" : "Lift: the handset is on the cradle");
    this.find(".word").textContent = lifted ? "Hang up" : "Lift";
  }

  showLamp(lamp, pattern) {
    this.lamps[lamp] = pattern;
    for (const light of this.element.querySelectorAll(`[data-lamp=${lamp}]`)) {
      light.dataset.pattern = pattern;
      light.title = `${lamp} lamp: ${PATTERNS[pattern]}`;
      if (light.getAttribute("role") === "img") light.setAttribute("aria-label", light.title);
    }
    if (lamp === "ring") this.element.classList.toggle("ringing", ["fast", "breathe"].includes(pattern));
    if (lamp === "mute") this.find(".mute").setAttribute("aria-label", pattern === "off" ? "Mute" : "Mute, on");
    this.showTalk();
  }

  // The browser as a handset

  layTalk(speech) {
    this.talk = this.find(".talk");
    this.sound = new Sound(this.number, () => this.showTalk());
    this.talk.addEventListener("click", () => this.complain(this.sound.state === "off" ? this.sound.start() : this.sound.stop()));
    const speak = this.find(".speak");
    speak.disabled = !speech;
    speak.title = speech ? "Speaks a recording into this handset" : "Start the desk with --speech";
    speak.addEventListener("click", () => this.complain(this.ask("POST", `api/phones/${this.number}/speak`)));
  }

  showTalk() {
    const open = this.lamps.microphone === "on" && (this.lamps.mute ?? "off") === "off";
    this.sound.listen(open);
    this.find(".open").hidden = !open;
    this.talk.setAttribute("aria-pressed", String(this.sound.state !== "off"));
    this.talk.textContent = { off: "Talk here", asking: "Asking for the microphone…", on: "Talking here" }[this.sound.state];
    if (this.sound.state === "off") this.tell("");
    else if (this.sound.deaf) this.tell(`You hear, but are not heard: ${this.sound.deaf}.`);
    else if (this.sound.state === "on" && !open)
      this.tell((this.lamps.mute ?? "off") === "off" ? "The phone's microphone is closed; so is yours." : "The phone is muted; so are you.");
    else this.tell("");
  }

  tell(words) {
    this.find(".handset-state").textContent = words;
  }

  async complain(promise) {
    try {
      await promise;
    } catch (error) {
      this.tell(error.message);
    }
  }
}

function makeKey(key, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "key";
  button.dataset.key = key;
  button.setAttribute("aria-label", label);
  return button;
}
