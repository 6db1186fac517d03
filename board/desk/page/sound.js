// The browser as a handset: 16 bits, mono, 20 ms a message, both ways; the worklets bridge the rates.
import { openDevice } from "./devices.js";

const MICROPHONE = { audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } };
const UNSENT_OCTETS = 8 * 640;

// A computer has one mouth: whoever starts to talk takes it from the other phone.
let talking = null;

export class Sound {
  // `state` is "off", "asking" or "on"; `changed` is called when it, or `deaf`, is another.
  constructor(number, changed) {
    this.number = number;
    this.changed = changed;
    this.state = "off";
    this.deaf = ""; // why nobody hears us, in words
    this.open = false; // the phone's own microphone
    this.context = this.socket = this.microphone = null;
  }

  async start() {
    await talking?.stop();
    talking = this;
    this.become("asking");
    try {
      this.context = new AudioContext({ latencyHint: "interactive" });
      await this.context.audioWorklet.addModule(new URL("handset-worklet.js", import.meta.url));
      const earpiece = new AudioWorkletNode(this.context, "earpiece", { numberOfInputs: 0, outputChannelCount: [1] });
      earpiece.connect(this.context.destination);
      this.socket = new WebSocket(new URL(`ws/sound/${this.number}`, location.href.replace(/^http/, "ws")));
      this.socket.binaryType = "arraybuffer";
      this.socket.onmessage = ({ data }) => earpiece.port.postMessage(data, [data]);
      this.socket.onclose = () => this.stop();
      await this.openMicrophone(this.context);
      await this.context?.resume();
      if (this.context) this.become("on");
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  // Without a microphone, or without leave to use it, one can still listen.
  async openMicrophone(context) {
    let stream;
    try {
      stream = await openDevice("microphone", MICROPHONE);
    } catch (error) {
      this.deaf = error.message;
      return;
    }
    if (context !== this.context) {
      stream.getTracks().forEach((track) => track.stop()); // stopped while the browser was asking
      return;
    }
    this.microphone = stream;
    this.listen(this.open);
    const mouthpiece = new AudioWorkletNode(context, "mouthpiece", { numberOfOutputs: 0 });
    mouthpiece.port.onmessage = ({ data }) => {
      if (this.open && this.socket?.readyState === WebSocket.OPEN && this.socket.bufferedAmount < UNSENT_OCTETS) this.socket.send(data);
    };
    context.createMediaStreamSource(stream).connect(mouthpiece);
  }

  // The computer's microphone is as closed as the phone's.
  listen(open) {
    this.open = open;
    this.microphone?.getTracks().forEach((track) => (track.enabled = open));
  }

  async stop() {
    if (talking === this) talking = null;
    this.microphone?.getTracks().forEach((track) => track.stop());
    if (this.socket) this.socket.onclose = null;
    this.socket?.close();
    const context = this.context;
    this.context = this.socket = this.microphone = null;
    this.deaf = "";
    this.become("off");
    await context?.close();
  }

  become(state) {
    this.state = state;
    this.changed();
  }
}
