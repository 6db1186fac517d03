// The computer's keyboard as the keypad of the phone that has the focus, or of the one that had it last.
const KEYS = {
  Enter: "soft4", F1: "soft1", F2: "soft2", F3: "soft3", F4: "soft4", ArrowUp: "up", ArrowDown: "down",
  m: "mute", h: "speaker", "+": "vol+", "=": "vol+", "-": "vol-",
};

export class Keyboard {
  constructor(phones) {
    this.phones = phones;
    this.active = null;
    this.held = new Map(); // what each key of the keyboard holds down: { phone, key }
    document.addEventListener("focusin", ({ target }) => this.choose(this.phoneOf(target) ?? this.active, takesKeys(target)));
    document.addEventListener("focusout", ({ relatedTarget }) => relatedTarget || this.choose(this.active, true));
    document.addEventListener("keydown", (event) => this.down(event));
    document.addEventListener("keyup", (event) => this.up(event.code));
    window.addEventListener("blur", () => [...this.held.keys()].forEach((code) => this.up(code)));
  }

  phoneOf(element) {
    const place = element.closest?.(".phone");
    return [...this.phones.values()].find((phone) => phone.element === place) ?? null;
  }

  choose(phone, listens) {
    this.active = phone;
    for (const other of this.phones.values()) other.element.classList.toggle("active", listens && other === phone);
  }

  down(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (!this.active || !takesKeys(event.target)) return;
    const key = /^[0-9*#]$/.test(event.key) ? event.key : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (event.key === " ") this.once(event, () => this.active.moveHook(!this.active.lifted));
    else if (event.key.toLowerCase() === "p") this.once(event, () => this.other().element.focus());
    else if (key) this.once(event, () => this.hold(event.code, this.active, key));
  }

  // A key that is held repeats itself on a keyboard, not on a phone.
  once(event, act) {
    event.preventDefault();
    if (!event.repeat) act();
  }

  hold(code, phone, key) {
    this.up(code);
    this.held.set(code, { phone, key });
    phone.key(key, true);
  }

  up(code) {
    const what = this.held.get(code);
    this.held.delete(code);
    what?.phone.key(what.key, false);
  }

  other() {
    const all = [...this.phones.values()];
    return all[(all.indexOf(this.active) + 1) % all.length];
  }
}

// Whatever else has the focus keeps its keys: buttons, lists and fields of the page.
function takesKeys(element) {
  return element === document.body || element.matches(".phone, .key, .cradle");
}
