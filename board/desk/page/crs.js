// "What the CRS sees": events in words, what the relay counts each second, and the first octets of packets.
const MOST_EVENTS = 60;
const MOST_LINES = 4;
const HEADER_OCTETS = 12;
const WORDS = {
  connected: ["Connected", (e) => e.tel],
  disconnected: ["Gone", (e) => [e.tel, e.why].filter(Boolean).join(", ")],
  enrolled: ["Enrolled", (e) => `${e.tel}, card ${e.serial}`],
  registered: ["Registered", (e) => e.tel],
  unregistered: ["Left", (e) => `${e.tel}, ${e.why}`],
  invite: ["Invite", (e) => `${e.from} → ${e.to}, ${e.octets} octets`],
  answered: ["Answered", () => "the relay is open"],
  ended: ["Ended", (e) => `${e.why}; ${count(sum(e, "packets"))} packets relayed`],
  alarm: ["Alarm", (e) => plainly(e)],
};

export class CRSStrip {
  constructor() {
    this.list = document.getElementById("events");
    this.wire = document.getElementById("wire");
    this.count = document.getElementById("wire-count");
    this.rates = { caller: document.getElementById("wire-caller"), callee: document.getElementById("wire-callee") };
    this.bytes = document.getElementById("wire-bytes");
    this.lines = [];
    this.relays = new Map(); // what each relayed call had counted a second ago
  }

  begin(observed) {
    this.list.replaceChildren();
    this.list.closest("section").hidden = !observed;
  }

  show(event) {
    if (event.event === "packet") this.packet(event);
    else if (event.event === "media") this.media(event);
    else this.line(event);
  }

  line(event) {
    const [title, words] = WORDS[event.event] ?? [event.event, plainly];
    const item = document.createElement("li");
    const time = document.createElement("time");
    time.textContent = new Date(event.at * 1000).toLocaleTimeString([], { hour12: false });
    const heading = document.createElement("b");
    heading.textContent = title;
    const body = document.createElement("span");
    body.textContent = words(event);
    item.append(time, heading, body);
    this.list.prepend(item);
    while (this.list.children.length > MOST_EVENTS) this.list.lastChild.remove();
    if (event.event === "ended") {
      this.relays.delete(event.relay);
      this.rest();
    }
  }

  rest() {
    for (const rate of Object.values(this.rates)) rate.textContent = "silent";
  }

  // An RTP header travels in clear (RFC 3711 §3.1); what follows is sealed.
  packet({ side, octets, sample }) {
    this.wire.hidden = false;
    const pairs = String(sample).match(/../g) ?? [];
    const line = document.createElement("span");
    const sealed = document.createElement("b");
    sealed.textContent = pairs.slice(HEADER_OCTETS).join(" ");
    line.append(`${side === "caller" ? "→" : "←"} ${String(octets).padStart(4)}  ${pairs.slice(0, HEADER_OCTETS).join(" ")} `, sealed, "\n");
    this.lines = [...this.lines, line].slice(-MOST_LINES);
    this.bytes.replaceChildren(...this.lines);
  }

  media(event) {
    const before = this.relays.get(event.relay);
    this.relays.set(event.relay, event);
    this.count.textContent = count(sum(event, "packets"));
    if (sum(event, "packets") > 0) this.wire.hidden = false;
    const seconds = before ? event.at - before.at : 0;
    if (seconds <= 0) return;
    for (const [side, place] of Object.entries(this.rates)) {
      const [packets, octets, refused] = ["packets", "octets", "refused"].map(
        (what) => (event[`${side}_${what}`] ?? 0) - (before[`${side}_${what}`] ?? 0),
      );
      place.textContent = packets > 0 ? `${Math.round(packets / seconds)}/s of ${Math.round(octets / packets)} octets` : "silent";
      if (refused > 0) place.textContent += `, ${refused} refused`;
    }
  }
}

function sum(event, what) {
  return (event[`caller_${what}`] ?? 0) + (event[`callee_${what}`] ?? 0);
}

function count(number) {
  return number.toLocaleString("en");
}

function plainly(event) {
  return Object.entries(event)
    .filter(([name]) => name !== "at" && name !== "event")
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
