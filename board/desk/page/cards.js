// "Hold a card up to the camera": the cards on the desk, a dropped picture, a webcam, and what the camera sees.
import { Webcam } from "./webcam.js";

const LOOK_MS = 160;

export class CardPanel {
  constructor(ask) {
    this.ask = ask;
    this.camera = 1;
    this.holding = new Map();
    this.chooser = document.getElementById("camera-of");
    this.list = document.getElementById("cards");
    this.view = document.getElementById("camera-view");
    this.text = document.getElementById("camera-text");
    this.away = document.getElementById("put-away");
    this.away.addEventListener("click", () => this.complain(ask("DELETE", `api/phones/${this.camera}/hold`)));
    this.video = document.getElementById("camera-video");
    this.webcam = null;
    document.getElementById("webcam").addEventListener("click", () => this.useWebcam());
    this.takeDrops();
    this.look();
  }

  offerPhones(numbers) {
    this.chooser.replaceChildren(
      ...numbers.map((number) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `Phone ${number}`;
        button.dataset.phone = number;
        button.addEventListener("click", () => this.choose(number));
        return button;
      }),
    );
    this.choose(numbers[0]);
  }

  choose(number) {
    this.camera = number;
    for (const button of this.chooser.children) button.setAttribute("aria-pressed", String(Number(button.dataset.phone) === number));
    this.show();
  }

  lay(cards) {
    const laid = JSON.stringify(cards);
    if (laid === this.laid) return;
    this.laid = laid;
    this.list.replaceChildren(
      ...cards.map(({ name, letter }) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "card";
        button.dataset.card = name;
        const image = document.createElement("img");
        image.src = `api/cards/${encodeURIComponent(name)}`;
        image.width = image.height = 76;
        image.alt = "";
        const [title, ...rest] = letter.trim() ? letter.trim().split("\n") : [name.replace(/\.\w+$/, "")];
        const words = document.createElement("div");
        const heading = document.createElement("b");
        heading.textContent = title;
        const body = document.createElement("span");
        body.textContent = rest.join("\n");
        words.append(heading, body);
        button.append(image, words);
        button.addEventListener("click", () => this.hold({ card: name }));
        item.append(button);
        return item;
      }),
    );
    this.show();
  }

  async useWebcam() {
    this.webcam?.stop();
    this.text.textContent = "Asking for the camera…";
    const webcam = new Webcam(this.camera, this.video, (why) => {
      this.video.hidden = true;
      this.webcam = null;
      if (why) this.text.textContent = `The webcam is off: ${why}.`;
    });
    try {
      await webcam.start();
      this.webcam = webcam;
      this.show();
    } catch (error) {
      webcam.stop();
      this.text.textContent = `No webcam: ${error.message}.`;
    }
  }

  hold(what) {
    return this.complain(this.ask("POST", `api/phones/${this.camera}/hold`, what));
  }

  held(number, name) {
    this.holding.set(number, name);
    this.show();
  }

  show() {
    const name = this.holding.get(this.camera) ?? "";
    this.away.hidden = !name;
    this.text.textContent = name ? `Phone ${this.camera} sees ${name}.` : "Nothing is held up. Choose a card.";
    this.video.hidden = this.webcam?.number !== this.camera;
    this.view.hidden = !this.video.hidden;
    if (!name) this.clear();
    for (const button of this.list.querySelectorAll(".card")) button.setAttribute("aria-pressed", String(button.dataset.card === name));
  }

  clear() {
    if (this.view.src.startsWith("blob:")) URL.revokeObjectURL(this.view.src);
    this.view.removeAttribute("src");
  }

  async look() {
    const camera = this.camera;
    if (this.holding.get(camera) && this.video.hidden) {
      try {
        const reply = await this.ask("GET", `api/phones/${camera}/camera.jpg`);
        if (reply.status === 200 && this.holding.get(camera) && camera === this.camera) {
          const picture = await reply.blob();
          this.clear();
          this.view.src = URL.createObjectURL(picture);
        }
      } catch (error) {
        this.text.textContent = error.message;
      }
    }
    setTimeout(() => this.look(), LOOK_MS);
  }

  takeDrops() {
    const place = document.getElementById("drop");
    const file = document.getElementById("file");
    const stop = (event) => event.preventDefault();
    // Anywhere else a dropped file would replace the page.
    window.addEventListener("dragover", stop);
    window.addEventListener("drop", stop);
    place.addEventListener("dragover", () => place.classList.add("over"));
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      place.classList.remove("over");
      if (event.dataTransfer.files.length) this.hold(event.dataTransfer.files[0]);
    });
    file.addEventListener("change", () => {
      if (file.files.length) this.hold(file.files[0]);
      file.value = "";
    });
  }

  async complain(promise) {
    try {
      await promise;
    } catch (error) {
      this.text.textContent = error.message;
    }
  }
}
