// The page: one socket for news and keys, a phone for each that the desk has, and the panels below.
import { CardPanel } from "./cards.js";
import { CRSStrip } from "./crs.js";
import { FaultPanel } from "./faults.js";
import { Keyboard } from "./keyboard.js";
import { Phone } from "./phone.js";

const phones = new Map();
new Keyboard(phones);
const cards = new CardPanel(ask);
const faults = new FaultPanel(ask);
const strip = new CRSStrip();
const gone = document.getElementById("gone");
let socket = null;

function send(wish) {
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(wish));
}

// The page's own requests; an error is shown where it belongs, not swallowed.
async function ask(method, path, body) {
  const json = body !== undefined && !(body instanceof Blob);
  const reply = await fetch(path, {
    method,
    headers: json ? { "Content-Type": "application/json" } : {},
    body: json ? JSON.stringify(body) : body,
  });
  if (!reply.ok) throw new Error((await reply.text()).trim());
  return reply;
}

function furnish(hello) {
  if (phones.size === 0) {
    const place = document.getElementById("phones");
    for (const number of hello.phones) {
      const phone = new Phone(number, send, ask, { speech: hello.speech });
      phones.set(number, phone);
      place.append(phone.element);
    }
    cards.offerPhones(hello.phones);
    faults.furnish(hello.phones);
    place.querySelector(".phone")?.focus({ preventScroll: true });
  }
  strip.begin(hello.observed);
}

function connect() {
  socket = new WebSocket(new URL("ws", location.href.replace(/^http/, "ws")));
  socket.onmessage = ({ data }) => {
    const news = JSON.parse(data);
    gone.hidden = true;
    if (news.phones) furnish(news);
    if (news.cards) cards.lay(news.cards);
    if (news.faults) faults.lay(news.faults);
    if (news.crs) strip.show(news.crs);
    else if (news.phone) {
      phones.get(news.phone)?.take(news);
      if (news.held !== undefined) cards.held(news.phone, news.held);
    }
  };
  socket.onclose = () => {
    gone.hidden = false;
    for (const phone of phones.values()) phone.take({ connected: false });
    setTimeout(connect, 1000);
  };
}

connect();
