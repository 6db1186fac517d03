// "What can go wrong": a switch for every fault that the desk was given, one for each phone where it is a phone's.
export class FaultPanel {
  constructor(ask) {
    this.ask = ask;
    this.section = document.getElementById("faults-title").closest("section");
    this.list = document.getElementById("faults");
    this.text = document.getElementById("faults-text");
    this.all = document.getElementById("mend-all");
    this.all.addEventListener("click", () => this.mendAll());
    this.faults = [];
  }

  furnish(phones) {
    this.phones = phones;
  }

  lay(faults) {
    this.section.hidden = faults.length === 0;
    if (this.list.children.length !== faults.length) this.list.replaceChildren(...faults.map((fault) => this.row(fault)));
    this.faults = faults;
    for (const fault of faults)
      for (const button of this.list.querySelectorAll(`[data-fault="${fault.name}"][role=switch]`))
        button.setAttribute("aria-checked", String(fault.on.includes(Number(button.dataset.phone))));
    this.all.hidden = faults.every((fault) => fault.on.length === 0);
  }

  row(fault) {
    const item = document.createElement("li");
    const words = document.createElement("div");
    const label = document.createElement("b");
    label.textContent = fault.label;
    const shows = document.createElement("span");
    shows.textContent = fault.shows;
    words.append(label, shows);
    const acts = document.createElement("div");
    acts.className = "acts";
    const part = fault.parts.length ? chooser(fault) : null;
    if (part) acts.append(part);
    for (const phone of fault.each_phone ? this.phones : [0]) acts.append(this.button(fault, phone, part));
    item.append(words, acts);
    return item;
  }

  button(fault, phone, part) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.fault = fault.name;
    button.dataset.phone = phone;
    button.textContent = phone ? `Phone ${phone}` : "";
    button.setAttribute("aria-label", `${fault.label}${phone ? `: phone ${phone}` : ""}`);
    if (fault.lasts) {
      button.setAttribute("role", "switch");
      button.setAttribute("aria-checked", "false");
    } else button.className = "plain";
    button.addEventListener("click", () => {
      const on = !fault.lasts || button.getAttribute("aria-checked") === "false";
      this.change(button, { fault: fault.name, on, ...(phone ? { phone } : {}), ...(part ? { part: part.value } : {}) });
    });
    return button;
  }

  async change(button, what) {
    const { label, shows } = this.faults.find((fault) => fault.name === what.fault);
    button.disabled = true;
    this.text.textContent = what.on ? `${label}…` : "Mending…";
    try {
      this.lay(await (await this.ask("POST", "api/faults", what)).json());
      this.text.textContent = what.on ? `Done. Look for: ${shows}` : "Mended. A phone that waits tries again within 30 seconds.";
    } catch (error) {
      this.text.textContent = error.message;
    }
    button.disabled = false;
    button.focus({ preventScroll: true });
  }

  async mendAll() {
    for (const fault of this.faults.filter((each) => each.lasts))
      for (const phone of fault.on)
        await this.change(this.list.querySelector(`[data-fault="${fault.name}"][data-phone="${phone}"]`), {
          fault: fault.name, on: false, ...(phone ? { phone } : {}),
        });
  }
}

function chooser(fault) {
  const select = document.createElement("select");
  select.setAttribute("aria-label", `${fault.label}: which`);
  for (const part of fault.parts) select.append(new Option(part, part));
  return select;
}
