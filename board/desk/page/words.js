// What a display says, for those who hear the page.
const QUIET_MS = 700;

// The labels of the soft keys, which are the last line of some screens: "Cancel | - | - | Enrol".
export function softLabels(text) {
  const labels = (text.at(-1) ?? "").split(" | ");
  return labels.length === 4 ? labels.map((label) => (label === "-" ? "" : label)) : ["", "", "", ""];
}

export function spoken(text) {
  const labels = softLabels(text).filter(Boolean);
  const lines = (text.at(-1) ?? "").split(" | ").length === 4 ? text.slice(0, -1) : text;
  return [...lines, labels.length ? `Keys: ${labels.join(", ")}` : ""].filter(Boolean).join(". ");
}

// A live region that speaks when the display has settled, and not because a clock goes on.
export class Announcer {
  constructor(place) {
    this.place = place;
    this.said = "";
    this.timer = 0;
  }

  say(text) {
    const news = text.replace(/\b\d{1,2}:\d\d(:\d\d)?\b/g, "");
    if (news === this.said) return;
    this.said = news;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.place.textContent = text), QUIET_MS);
  }
}
