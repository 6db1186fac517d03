// The strip that shows what the CRS sees: events in words, and the first octets of relayed packets.
const MOST_EVENTS = 60;
const MOST_LINES = 5;
const WORDS = {
  connected: ["Connected", (e) => e.tel],
  disconnected: ["Gone", (e) => e.tel],
  enrolled: ["Enrolled", (e) => `${e.tel}, card ${e.serial}`],
  registered: ["Registered", (e) => e.tel],
  unregistered: ["Left", (e) => `${e.tel}, ${e.why}`],
  invite: ["Invite", (e) => `${e.from} → ${e.to}, ${e.octets} octets`],
  answered: ["Answered", () => "the relay is open"],
  ended: ["Ended", (e) => `${e.why}; ${(e.caller_packets ?? 0) + (e.callee_packets ?? 0)} packets relayed`],
  alarm: ["Alarm", (e) => plainly({ ...e, event: "", at: "" })],
};

export class CRSStrip {
  constructor() {
    this.list = document.getElementById("events");
    this.wire = document.getElementById("wire");
    this.count = document.getElementById("wire-count");
    this.bytes = document.getElementById("wire-bytes");
    this.lines = [];
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
  }

  packet({ side, octets, sample }) {
    this.wire.hidden = false;
    const hex = String(sample).replace(/../g, "$& ").trim();
    this.lines.push(`${side === "caller" ? "→" : "←"} ${String(octets).padStart(4)}  ${hex}`);
    this.lines = this.lines.slice(-MOST_LINES);
    this.bytes.textContent = this.lines.join("\n");
  }

  media(event) {
    const packets = (event.caller_packets ?? 0) + (event.callee_packets ?? 0);
    this.count.textContent = packets.toLocaleString();
    if (packets > 0) this.wire.hidden = false;
  }
}

function plainly(event) {
  return Object.entries(event)
    .filter(([name]) => name !== "at" && name !== "event")
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
