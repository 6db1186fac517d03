// A webcam as the phone's camera: frames of 1280 x 720 as JPEG, each sent when the desk has taken the last.
import { openDevice } from "./devices.js";

const CAMERA = { video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } };
const FRAME_MS = 1000 / 12;
const LARGEST = 1280;

export class Webcam {
  // `ended(why)` is called once, when it is over; `why` is "" if somebody put it away.
  constructor(number, video, ended) {
    this.number = number;
    this.video = video;
    this.ended = ended;
    this.stream = this.socket = null;
    this.canvas = document.createElement("canvas");
  }

  async start() {
    this.stream = await openDevice("camera", CAMERA);
    this.stream.getVideoTracks()[0].onended = () => this.stop("the camera was unplugged");
    this.video.srcObject = this.stream;
    await this.video.play();
    this.socket = new WebSocket(new URL(`ws/camera/${this.number}`, location.href.replace(/^http/, "ws")));
    this.socket.onopen = () => this.send();
    this.socket.onmessage = () => setTimeout(() => this.send(), Math.max(0, this.due - performance.now()));
    this.socket.onclose = ({ reason }) => this.stop(reason);
  }

  async send() {
    if (!this.stream) return;
    this.due = performance.now() + FRAME_MS;
    const { videoWidth, videoHeight } = this.video;
    const scale = Math.min(1, LARGEST / Math.max(videoWidth, 1));
    this.canvas.width = videoWidth * scale;
    this.canvas.height = videoHeight * scale;
    this.canvas.getContext("2d").drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    const frame = await new Promise((done) => this.canvas.toBlob(done, "image/jpeg", 0.85));
    if (frame && this.socket?.readyState === WebSocket.OPEN) this.socket.send(frame);
  }

  stop(why = "") {
    if (!this.stream) return;
    this.stream.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
    this.socket.onclose = null;
    this.socket.close();
    this.ended(why);
  }
}
